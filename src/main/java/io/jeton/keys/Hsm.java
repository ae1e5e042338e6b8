package io.jeton.keys;

import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.OAuthException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.UnrecoverableKeyException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The hardware security module, where one is configured. It has to be there at start; later it may come and go: a key that
 * fails to sign is not asked again by any request until a trial signature succeeds. Blocking.
 */
@ApplicationScoped
final class Hsm {
    private static final Logger LOG = Logger.getLogger(Hsm.class);
    private static final int BEFORE_THE_KEYS = 5;
    private static final String LABEL_PREFIX = "jeton-";
    /** No JWS begins like that. */
    private static final byte[] TRIAL = "jeton tries a signature".getBytes(StandardCharsets.US_ASCII);

    private final Optional<Pkcs11Token> token;
    private final Set<KeyAlgorithm> algorithms;
    private final Duration timeout;
    private final Map<String, String> failing = new ConcurrentHashMap<>();

    /** @throws ConfigurationException where it is configured and cannot be used */
    Hsm(Pkcs11Config config) {
        Optional<Pkcs11Settings> settings = Pkcs11Settings.of(config);
        this.token = settings.map(Pkcs11Token::new);
        this.algorithms = settings.map(Pkcs11Settings::algorithms).orElse(Set.of());
        this.timeout = config.timeout();
    }

    void start(@Observes @Priority(BEFORE_THE_KEYS) StartupEvent event) {
        token.ifPresent(present -> LOG.infof("new keys of %s are made in the HSM", algorithms));
    }

    /** Whether new keys of an algorithm are made here. */
    boolean keeps(KeyAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    boolean isConfigured() {
        return token.isPresent();
    }

    /** The name of a key in the HSM. */
    static String label(String kid) {
        return LABEL_PREFIX + kid;
    }

    PublicKey make(String label, KeyAlgorithm algorithm) {
        try {
            return token.orElseThrow().make(label, algorithm);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "the HSM has not made %s, or not said so: %s".formatted(label, reason(e)), e);
        }
    }

    byte[] sign(String label, KeyAlgorithm algorithm, byte[] input) {
        if (token.isEmpty()) {
            throw away(label, "no HSM is configured: see jeton.keys.pkcs11");
        }
        try {
            return token.get().sign(label, algorithm, input);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw away(label, reason(e));
        }
    }

    boolean isReady(String label) {
        return token.isPresent() && !failing.containsKey(label);
    }

    Duration timeout() {
        return timeout;
    }

    /** The key is not asked until it has passed a {@linkplain #tryOut trial}; what was asked for may be asked for again. */
    OAuthException away(String label, String reason) {
        if (failing.put(label, reason) == null) {
            LOG.errorf("key %s in the HSM does not sign: %s", label, reason);
        }
        return new OAuthException(
                ErrorCode.TEMPORARILY_UNAVAILABLE, "the service cannot sign now: try again, unchanged");
    }

    /** Tries whether a key signs; where the HSM does not answer as it should, once more after logging in anew. */
    void tryOut(HsmSigner signer) {
        if (token.isEmpty()) {
            return;
        }
        try {
            try {
                tryNow(signer);
            } catch (UnrecoverableKeyException e) {
                throw e;
            } catch (GeneralSecurityException | IOException | RuntimeException e) {
                token.get().reconnect();
                tryNow(signer);
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            OAuthException unused = away(signer.label(), reason(e));
        }
    }

    private void tryNow(HsmSigner signer) throws GeneralSecurityException, IOException {
        byte[] unused = token.orElseThrow().sign(signer.label(), signer.algorithm(), TRIAL);
        if (failing.remove(signer.label()) != null) {
            LOG.infof("key %s in the HSM signs again", signer.label());
        }
    }

    /** What is not asked for any more need not be tried. */
    void forgetAllBut(Set<String> labels) {
        failing.keySet().retainAll(labels);
    }

    /** @return false where it may still be there */
    boolean destroy(String label) {
        if (token.isEmpty()) {
            LOG.warnf("key %s stays in an HSM that is configured no longer: delete it there", label);
            return true;
        }
        try {
            token.get().delete(label);
            return true;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            LOG.errorf("key %s is not deleted from the HSM: %s", label, reason(e));
            return false;
        }
    }

    /** PKCS #11's own word, such as CKR_DEVICE_REMOVED, where there is one: it is the innermost. */
    private static String reason(Throwable failure) {
        String reason = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            reason = cause.getMessage() == null ? reason : cause.getMessage();
        }
        return reason;
    }
}
