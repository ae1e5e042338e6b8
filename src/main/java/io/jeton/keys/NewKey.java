package io.jeton.keys;

import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.protocol.Identifier;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A key just made, its secret sealed already. */
record NewKey(
        String kid,
        KeyAlgorithm algorithm,
        Custody custody,
        @Nullable String publicJwk,
        byte[] sealedSecret) {
    private static final int KID_BYTES = 6;
    private static final int MAC_SECRET_BYTES = 32;

    /** Slow for RSA: call it on a worker thread. */
    static NewKey generate(KeyAlgorithm algorithm, Randomness randomness, KeyEncryption encryption) {
        String kid = Identifier.of(randomness.bytes(KID_BYTES));
        @Nullable String publicJwk = null;
        byte[] secret;
        if (algorithm.signs()) {
            KeyPair pair = keyPair(algorithm);
            publicJwk = publicJwk(pair.getPublic(), kid, algorithm);
            secret = pair.getPrivate().getEncoded();
        } else {
            secret = randomness.bytes(MAC_SECRET_BYTES);
        }
        String context = StoredKey.context(Custody.DATABASE, kid, algorithm, publicJwk);
        return new NewKey(kid, algorithm, Custody.DATABASE, publicJwk, encryption.seal(secret, context));
    }

    private static KeyPair keyPair(KeyAlgorithm algorithm) {
        try {
            return algorithm.generate(KeyPairGenerator.getInstance(algorithm.keyType()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform lacks " + algorithm, e);
        }
    }

    static String publicJwk(PublicKey key, String kid, KeyAlgorithm algorithm) {
        try {
            Map<String, Object> jwk = new LinkedHashMap<>();
            jwk.put("kid", kid);
            jwk.put("use", "sig");
            jwk.put("alg", algorithm.value());
            jwk.putAll(PublicJsonWebKey.Factory.newPublicJwk(key).toParams(OutputControlLevel.PUBLIC_ONLY));
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
