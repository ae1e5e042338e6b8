package io.jeton.client;

import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.crypto.SecretHash;
import io.jeton.protocol.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** A secret that was just made, and what the row holds from now on. */
    record Made(HeldSecrets held, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Made[]";
        }
    }

    /** What the row holds where a secret was chosen elsewhere, or none; what fits stays as it is. */
    HeldSecrets declare(ClientRow row, Optional<String> secret) {
        HeldSecrets kept = whatItsMethodHas(row);
        return secret.filter(chosen -> !fits(row.authMethod(), kept, chosen))
                .map(chosen -> hold(row, chosen, null))
                .orElse(kept);
    }

    /** A secret where the row's method needs one that is not there. */
    Optional<Made> missing(ClientRow row) {
        HeldSecrets kept = whatItsMethodHas(row);
        AuthMethod method = row.authMethod();
        return method.hasSecret() && (kept.hash() == null || !isSealed(method, kept))
                ? Optional.of(make(row, null))
                : Optional.empty();
    }

    /**
     * Makes a new secret.
     *
     * @param formerUntil how long the present one counts as well; empty where it ends now
     */
    Made rotate(ClientRow row, Optional<Instant> formerUntil) {
        HeldSecrets present = row.secrets();
        String hash = present.hash();
        return make(
                row,
                formerUntil.isEmpty() || hash == null
                        ? null
                        : new Client.FormerSecret(hash, formerUntil.get(), present.sealed()));
    }

    private Made make(ClientRow row, Client.@Nullable FormerSecret former) {
        String secret = PREFIX + Identifier.of(randomness.bytes(BYTES));
        return new Made(hold(row, secret, former), secret);
    }

    private HeldSecrets hold(ClientRow row, String secret, Client.@Nullable FormerSecret former) {
        byte[] sealed = row.authMethod() == AuthMethod.CLIENT_SECRET_JWT
                ? encryption.seal(secret.getBytes(StandardCharsets.UTF_8), context(row.id()))
                : null;
        return new HeldSecrets(SecretHash.of(secret), sealed, former);
    }

    private static boolean fits(AuthMethod method, HeldSecrets held, String secret) {
        return held.hash() != null && SecretHash.matches(held.hash(), secret) && isSealed(method, held);
    }

    private static boolean isSealed(AuthMethod method, HeldSecrets held) {
        return (method == AuthMethod.CLIENT_SECRET_JWT) == (held.sealed() != null);
    }

    /** A method without a secret holds none, and one that does not sign with it holds it as a hash alone. */
    static HeldSecrets whatItsMethodHas(ClientRow row) {
        HeldSecrets held = row.secrets();
        Client.FormerSecret former = held.former();
        if (!row.authMethod().hasSecret()) {
            return HeldSecrets.NONE;
        }
        return row.authMethod() == AuthMethod.CLIENT_SECRET_JWT
                ? held
                : new HeldSecrets(
                        held.hash(),
                        null,
                        former == null ? null : new Client.FormerSecret(former.hash(), former.until()));
    }
}
