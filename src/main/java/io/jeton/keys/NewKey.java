package io.jeton.keys;

import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.protocol.Identifier;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A key just made, its secret sealed already. */
record NewKey(String kid, KeyAlgorithm algorithm, @Nullable String publicJwk, byte[] sealedSecret) {
    private static final int KID_BYTES = 6;
    private static final int MAC_SECRET_BYTES = 32;
    private static final int RSA_BITS = 2048;

    /** Slow for RSA: call it on a worker thread. */
    static NewKey generate(KeyAlgorithm algorithm, Randomness randomness, KeyEncryption encryption) {
        String kid = Identifier.of(randomness.bytes(KID_BYTES));
        if (!algorithm.signs()) {
            String context = StoredKey.context(kid, algorithm, null);
            return new NewKey(kid, algorithm, null, encryption.seal(randomness.bytes(MAC_SECRET_BYTES), context));
        }
        KeyPair pair = keyPair(algorithm);
        String publicJwk = publicJwk(pair, kid, algorithm);
        String context = StoredKey.context(kid, algorithm, publicJwk);
        return new NewKey(
                kid, algorithm, publicJwk, encryption.seal(pair.getPrivate().getEncoded(), context));
    }

    private static KeyPair keyPair(KeyAlgorithm algorithm) {
        try {
            KeyPairGenerator generator =
                    switch (algorithm) {
                        case ES256 -> KeyPairGenerator.getInstance("EC");
                        case RS256 -> KeyPairGenerator.getInstance("RSA");
                        case EDDSA -> KeyPairGenerator.getInstance("Ed25519");
                        case HMAC -> throw new IllegalArgumentException("a MAC secret is no key pair");
                    };
            if (algorithm == KeyAlgorithm.ES256) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else if (algorithm == KeyAlgorithm.RS256) {
                generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform lacks " + algorithm, e);
        }
    }

    private static String publicJwk(KeyPair pair, String kid, KeyAlgorithm algorithm) {
        try {
            Map<String, Object> jwk = new LinkedHashMap<>();
            jwk.put("kid", kid);
            jwk.put("use", "sig");
            jwk.put("alg", algorithm.value());
            jwk.putAll(
                    PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic()).toParams(OutputControlLevel.PUBLIC_ONLY));
            return JsonUtil.toJson(jwk);
        } catch (JoseException e) {
            throw new IllegalStateException("a key we made has no JWK form", e);
        }
    }

    /** Without the secret, sealed or not. */
    @Override
    public String toString() {
        return "NewKey[" + kid + ", " + algorithm + "]";
    }
}
