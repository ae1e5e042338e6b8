package io.jeton.keys;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS #11 token through the Java platform's own provider, which is not installed for anybody else. The provider throws
 * bare RuntimeExceptions too, where it finds what it does not expect. Blocking.
 */
final class Pkcs11Token {
    private static final AtomicInteger PROVIDERS = new AtomicInteger();
    /** What listing keys says of one that is just made or deleted: SoftHSM the first two, the platform the third. */
    private static final List<String> IN_CHANGE =
            List.of("CKR_OBJECT_HANDLE_INVALID", "CKR_GENERAL_ERROR", "Not a byte[]");

    private static final int LISTINGS = 5;
    private static final Duration BETWEEN_LISTINGS = Duration.ofMillis(20);

    /** Made for the session: a key that nobody began to {@linkplain #store store} leaves nothing behind. It never comes out. */
    private static final String ATTRIBUTES = """
            attributes(generate,CKO_PRIVATE_KEY,*) = {
              CKA_TOKEN = false
              CKA_PRIVATE = true
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_SIGN = true
              CKA_DECRYPT = false
              CKA_UNWRAP = false
            }
            """;

    private final Pkcs11Settings settings;
    private final AuthProvider provider;
    private final Map<String, PrivateKey> handles = new ConcurrentHashMap<>();
    private boolean pinRefused;

    /** @throws ConfigurationException where there is no such token, or it cannot do what is configured */
    Pkcs11Token(Pkcs11Settings settings) {
        this.settings = settings;
        @Nullable Provider sun = Security.getProvider("SunPKCS11");
        if (sun == null) {
            throw new ConfigurationException("jeton.keys.pkcs11 needs the provider SunPKCS11 (module"
                    + " jdk.crypto.cryptoki), which the native executable has not: run Jeton on a JVM");
        }
        try {
            this.provider = (AuthProvider) sun.configure("--name=Jeton" + PROVIDERS.incrementAndGet() + "\nlibrary=\""
                    + settings.library() + "\"\n" + settings.slot() + "\n" + ATTRIBUTES);
            KeyStore unused = keyStore();
        } catch (RuntimeException | IOException | GeneralSecurityException e) {
            throw new ConfigurationException(
                    "the token of jeton.keys.pkcs11 cannot be opened: " + reasons(e)
                            + ". See to the library, the slot and the PIN",
                    e);
        }
        for (KeyAlgorithm algorithm : settings.algorithms()) {
            if (provider.getService("Signature", algorithm.jcaName()) == null
                    || provider.getService("KeyPairGenerator", algorithm.keyType()) == null) {
                throw new ConfigurationException("the token of jeton.keys.pkcs11 cannot do " + algorithm.value()
                        + ": leave it out of jeton.keys.pkcs11.algorithms");
            }
        }
    }

    /** Makes a key pair, and stores the private key under a label. */
    synchronized PublicKey make(String label, KeyAlgorithm algorithm) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyType(), provider);
        KeyPair pair = algorithm.generate(generator);
        Certificate certificate = SelfSignedCertificate.of(pair, label, algorithm, provider);
        store(label, pair.getPrivate(), certificate);
        return pair.getPublic();
    }

    /** The platform lists the keys once more when this one is stored: where that fails, it may be there all the same. */
    private void store(String label, PrivateKey key, Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = keyStore();
        try {
            store.setKeyEntry(label, key, null, new Certificate[] {certificate});
        } catch (GeneralSecurityException | RuntimeException e) {
            if (!isInChange(e) || !isStored(label, certificate)) {
                throw e;
            }
        }
    }

    private boolean isStored(String label, Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore store = keyStore();
        return store.isKeyEntry(label) && certificate.equals(store.getCertificate(label));
    }

    /**
     * Once more where it fails: a session may have ended, and its handles with it.
     *
     * @throws UnrecoverableKeyException where the token is there and the key is not
     */
    byte[] sign(String label, KeyAlgorithm algorithm, byte[] input) throws GeneralSecurityException, IOException {
        @Nullable PrivateKey known = handles.get(label);
        if (known != null) {
            try {
                return sign(known, algorithm, input);
            } catch (GeneralSecurityException | RuntimeException e) {
                handles.remove(label, known);
            }
        }
        return sign(find(label), algorithm, input);
    }

    private byte[] sign(PrivateKey key, KeyAlgorithm algorithm, byte[] input) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(algorithm.jcaName(), provider);
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    /** Does nothing where there is no such key. */
    synchronized void delete(String label) throws GeneralSecurityException, IOException {
        handles.remove(label);
        KeyStore store = keyStore();
        if (store.containsAlias(label)) {
            store.deleteEntry(label);
        }
    }

    /** What was known of a connection that may be gone is forgotten. */
    synchronized void reconnect() throws GeneralSecurityException, IOException {
        handles.clear();
        try {
            provider.logout();
        } catch (GeneralSecurityException | RuntimeException e) {
            // There was nobody to log out, which is why we are here.
            handles.clear();
        }
        KeyStore unused = keyStore();
    }

    /** Another replica may have made it. */
    private synchronized PrivateKey find(String label) throws GeneralSecurityException, IOException {
        PrivateKey key = (PrivateKey) keyStore().getKey(label, null);
        if (key == null) {
            throw new UnrecoverableKeyException("the token has no such key");
        }
        handles.put(label, key);
        return key;
    }

    /**
     * As it is now; logs in where nobody is. Another replica may make or delete a key just while they are listed: nothing else
     * is tried again, since too many wrong PINs lock a token.
     */
    private KeyStore keyStore() throws GeneralSecurityException, IOException {
        for (int i = 1; i < LISTINGS; i++) {
            try {
                return listed();
            } catch (IOException | RuntimeException e) {
                if (!isInChange(e)) {
                    throw e;
                }
            }
            LockSupport.parkNanos(BETWEEN_LISTINGS.toNanos());
        }
        return listed();
    }

    private KeyStore listed() throws GeneralSecurityException, IOException {
        if (pinRefused) {
            throw new IOException("the PIN was refused, and is not sent again before a restart");
        }
        KeyStore store = KeyStore.getInstance("PKCS11", provider);
        try {
            store.load(null, settings.pin());
        } catch (IOException e) {
            // As KeyStore.load says it.
            pinRefused = e.getCause() instanceof UnrecoverableKeyException;
            throw e;
        }
        return store;
    }

    private static boolean isInChange(Exception failure) {
        return !(failure.getCause() instanceof LoginException)
                && IN_CHANGE.stream().anyMatch(reasons(failure)::contains);
    }

    /** PKCS #11's own words, such as CKR_PIN_INCORRECT, are in a cause. */
    private static String reasons(Throwable failure) {
        StringBuilder reasons = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reasons.append(": ").append(cause.getMessage());
        }
        return reasons.toString();
    }
}
