package io.jeton.client;

import io.jeton.crypto.KeyEncryption;
import io.jeton.discovery.Issuer;
import io.jeton.jose.AssertionRules;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PresentedOnceRepository;
import io.jeton.jose.SignedJwt;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;

/** A client authenticates by a token it has signed: RFC 7521 §4.2, RFC 7523 §2.2. */
@ApplicationScoped
final class ClientAssertion {
    private static final Logger LOG = Logger.getLogger(ClientAssertion.class);
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Set<String> ALGORITHMS = algorithms();

    private final ClientRegistry registry;
    private final ClientKeySets keySets;
    private final KeyEncryption encryption;
    private final PresentedOnceRepository presented;
    private final AssertionRules rules;
    private final Clock clock;

    ClientAssertion(
            ClientRegistry registry,
            ClientKeySets keySets,
            KeyEncryption encryption,
            PresentedOnceRepository presented,
            Issuer issuer,
            Clock clock) {
        this.registry = registry;
        this.keySets = keySets;
        this.encryption = encryption;
        this.presented = presented;
        this.rules = new AssertionRules(issuer.value());
        this.clock = clock;
    }

    static boolean isIn(FormParameters form) {
        return form.contains("client_assertion") || form.contains("client_assertion_type");
    }

    /** Fails with {@link OAuthException}. */
    Uni<Client> authenticate(FormParameters form) {
        if (!form.require("client_assertion_type").equals(TYPE)) {
            throw OAuthException.invalidRequest("client_assertion_type is not one that is supported");
        }
        try {
            SignedJwt jwt = SignedJwt.read(form.require("client_assertion"), ALGORITHMS)
                    .requireTypeIfAny("JWT", "client-authentication+jwt");
            String id = jwt.claims().requireText("sub");
            if (form.get("client_id").filter(other -> !other.equals(id)).isPresent()) {
                throw OAuthException.invalidRequest("client_id is not the client that authenticates");
            }
            Client client = registry.find(id).orElseThrow(() -> new InvalidJwtException("the client is unknown"));
            return Uni.createFrom()
                    .deferred(() -> verify(jwt, client))
                    .chain(() -> use(jwt, client))
                    .onFailure(InvalidJwtException.class)
                    .transform(invalid -> failed(invalid).of(client.id()));
        } catch (InvalidJwtException e) {
            throw failed(e);
        }
    }

    /** Each client signs by what it is registered for: a public key is no secret (RFC 8725 §2.1). */
    private Uni<Void> verify(SignedJwt jwt, Client client) {
        Client.PublicKeys keys = client.credentials().keys();
        require(!client.authMethod().hasCertificate());
        if (keys != null && SignedJwt.PUBLIC_KEY_ALGORITHMS.contains(jwt.algorithm())) {
            return keySets.of(keys, jwt)
                    .invoke(set -> require(set.verifies(jwt)))
                    .replaceWithVoid();
        }
        Client.FormerSecret former = client.credentials().formerSecret();
        require(isSignedBy(client.credentials().sealedSecret(), jwt, client)
                || (former != null
                        && clock.instant().isBefore(former.until())
                        && isSignedBy(former.sealed(), jwt, client)));
        return Uni.createFrom().voidItem();
    }

    private boolean isSignedBy(byte @Nullable [] sealed, SignedJwt jwt, Client client) {
        return sealed != null
                && SignedJwt.SECRET_ALGORITHMS.contains(jwt.algorithm())
                && jwt.verify(new HmacKey(open(sealed, client)));
    }

    /** Ours to mend, where the key-encryption key is not configured: the client has done nothing wrong. */
    private byte[] open(byte[] sealed, Client client) {
        try {
            return encryption.open(sealed, ClientSecrets.context(client.id()));
        } catch (IllegalStateException e) {
            LOG.errorf("the secret of client %s does not open: %s", client.id(), e.getMessage());
            throw new OAuthException(
                    ErrorCode.TEMPORARILY_UNAVAILABLE, "the service cannot verify this now: try again, unchanged");
        }
    }

    private Uni<Client> use(SignedJwt jwt, Client client) {
        AssertionRules.Checked checked = rules.check(jwt.claims(), client.id(), clock.instant());
        return presented
                .present("client " + client.id(), checked.id(), checked.refusedFrom())
                .map(first -> {
                    if (!first) {
                        throw new InvalidJwtException("the assertion was presented before");
                    }
                    return client;
                });
    }

    private static void require(boolean signed) {
        if (!signed) {
            throw new InvalidJwtException("the assertion is not signed by what the client is registered for");
        }
    }

    private static OAuthException failed(Throwable invalid) {
        return new OAuthException(
                ErrorCode.INVALID_CLIENT,
                Optional.ofNullable(invalid.getMessage()).orElse("invalid assertion"));
    }

    static Set<String> algorithms() {
        Set<String> all = new TreeSet<>(SignedJwt.PUBLIC_KEY_ALGORITHMS);
        all.addAll(SignedJwt.SECRET_ALGORITHMS);
        return all;
    }
}
