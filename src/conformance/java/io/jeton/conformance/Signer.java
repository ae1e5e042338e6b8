package io.jeton.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Somebody who is registered at the server and signs assertions, with what he signs with. */
final class Signer {
    private static final Map<String, String> ALGORITHMS =
            Map.of("EC", "ES256", "RSA", "RS256", "OKP", "EdDSA", "oct", "HS256");
    private static final int RSA_BITS = 2048;

    private final JsonNode said;
    private final JsonWebKey key;

    private Signer(JsonNode said, JsonWebKey key) {
        this.said = said;
        this.key = key;
    }

    /** @throws IllegalArgumentException with what it lacks */
    static Signer read(String name, JsonNode said) {
        if (said.path("client_id").asText("").isEmpty() || said.has("key") == said.has("secret")) {
            throw new IllegalArgumentException(name + " has a client_id, and either a key or a secret");
        }
        if (said.has("secret")) {
            byte[] secret = said.path("secret").asText().getBytes(StandardCharsets.UTF_8);
            return new Signer(said, new OctetSequenceJsonWebKey(new HmacKey(secret)));
        }
        try {
            JsonWebKey key = JsonWebKey.Factory.newJwk(said.path("key").toString());
            if (key instanceof PublicJsonWebKey pair && pair.getPrivateKey() != null) {
                return new Signer(said, key);
            }
        } catch (JoseException e) {
            throw new IllegalArgumentException(name + ": its key is no JSON Web Key", e);
        }
        throw new IllegalArgumentException(name + ": its key has no private part");
    }

    String clientId() {
        return said.path("client_id").asText();
    }

    /** Of a client that authenticates by Basic beside the assertion. */
    Optional<String> clientSecret() {
        return Optional.ofNullable(said.path("client_secret").textValue());
    }

    /** An assertion as it should be. */
    Assertion assertion(Server server) {
        String subject = said.path("subject").asText(clientId());
        Assertion assertion = new Assertion(
                said.path("issuer").asText(subject),
                subject,
                said.path("audience").asText(server.issuer()));
        return key.getKeyId() == null ? assertion : assertion.header("kid", key.getKeyId());
    }

    String good(Server server) {
        return sign(assertion(server));
    }

    String sign(Assertion assertion) {
        return assertion.signed(key(), algorithm());
    }

    /** The same names, and a key that nobody has registered. */
    Signer stranger() {
        try {
            JsonWebKey other = another();
            other.setKeyId(key.getKeyId());
            return new Signer(said, other);
        } catch (JoseException e) {
            throw new IllegalStateException("every Java platform has this kind of key", e);
        }
    }

    private JsonWebKey another() throws JoseException {
        if (key instanceof EllipticCurveJsonWebKey own) {
            return EcJwkGenerator.generateJwk(own.getECPublicKey().getParams());
        }
        if (key instanceof RsaJsonWebKey) {
            return RsaJwkGenerator.generateJwk(RSA_BITS);
        }
        if (key instanceof OctetKeyPairJsonWebKey own) {
            return OkpJwkGenerator.generateJwk(own.getSubtype());
        }
        String random = UUID.randomUUID() + "-" + UUID.randomUUID();
        return new OctetSequenceJsonWebKey(new HmacKey(random.getBytes(StandardCharsets.UTF_8)));
    }

    /** The public part, as a header brings it. */
    Map<String, Object> publicKey() {
        return key.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /** The public part as bytes that anybody can have. */
    byte[] publicBytes() {
        return key.getKey().getEncoded();
    }

    private Key key() {
        return key instanceof PublicJsonWebKey pair ? pair.getPrivateKey() : key.getKey();
    }

    private String algorithm() {
        return key.getAlgorithm() == null
                ? ALGORITHMS.getOrDefault(key.getKeyType(), key.getKeyType())
                : key.getAlgorithm();
    }

    @Override
    public String toString() {
        return "Signer[" + clientId() + "]";
    }
}
