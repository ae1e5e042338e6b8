package io.jeton.client;

import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.crypto.SecretHash;
import io.jeton.protocol.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The secrets of clients, as rows hold them: a hash, and for those who sign with it (RFC 7523 §2.2) the secret itself,
 * sealed.
 */
@ApplicationScoped
final class ClientSecrets {
    /** Told apart by secret scanners. */
    private static final String PREFIX = "jcs_";

    private static final int BYTES = 32;

    private final Randomness randomness;
    private final KeyEncryption encryption;

    ClientSecrets(Randomness randomness, KeyEncryption encryption) {
        this.randomness = randomness;
        this.encryption = encryption;
    }

    static String context(String id) {
        return "client_secret/" + id;
    }

    /** Makes the row hold a secret that was chosen elsewhere, or none; what fits stays as it is. */
    void declare(ClientEntity row, Optional<String> secret) {
        dropWhatItsMethodHasNot(row);
        secret.filter(chosen -> !fits(row, chosen)).ifPresent(chosen -> {
            revokeFormer(row);
            give(row, chosen);
        });
    }

    /** Makes a secret where the row's method needs one that is not there. */
    Optional<String> complete(ClientEntity row) {
        dropWhatItsMethodHasNot(row);
        AuthMethod method = AuthMethod.of(row.authMethod);
        boolean complete = !method.hasSecret() || (row.secretHash != null && isSealed(row, method));
        if (complete) {
            return Optional.empty();
        }
        revokeFormer(row);
        return Optional.of(make(row));
    }

    /**
     * Makes a new secret.
     *
     * @param formerUntil how long the present one counts as well; empty where it ends now
     */
    String rotate(ClientEntity row, Optional<Instant> formerUntil) {
        row.formerSecretHash = formerUntil.isPresent() ? row.secretHash : null;
        row.formerSealedSecret = formerUntil.isPresent() ? row.sealedSecret : null;
        row.formerSecretUntil =
                formerUntil.map(until -> until.atOffset(ZoneOffset.UTC)).orElse(null);
        return make(row);
    }

    static void revokeFormer(ClientEntity row) {
        row.formerSecretHash = null;
        row.formerSealedSecret = null;
        row.formerSecretUntil = null;
    }

    private String make(ClientEntity row) {
        String secret = PREFIX + Identifier.of(randomness.bytes(BYTES));
        give(row, secret);
        return secret;
    }

    private void give(ClientEntity row, String secret) {
        row.secretHash = SecretHash.of(secret);
        row.sealedSecret = AuthMethod.of(row.authMethod) == AuthMethod.CLIENT_SECRET_JWT
                ? encryption.seal(secret.getBytes(StandardCharsets.UTF_8), context(row.id))
                : null;
    }

    private static boolean fits(ClientEntity row, String secret) {
        return row.secretHash != null
                && SecretHash.matches(row.secretHash, secret)
                && isSealed(row, AuthMethod.of(row.authMethod));
    }

    private static boolean isSealed(ClientEntity row, AuthMethod method) {
        return (method == AuthMethod.CLIENT_SECRET_JWT) == (row.sealedSecret != null);
    }

    private static void dropWhatItsMethodHasNot(ClientEntity row) {
        AuthMethod method = AuthMethod.of(row.authMethod);
        if (!method.hasSecret()) {
            row.secretHash = null;
            revokeFormer(row);
        }
        if (method != AuthMethod.CLIENT_SECRET_JWT) {
            row.sealedSecret = null;
            row.formerSealedSecret = null;
        }
    }
}
