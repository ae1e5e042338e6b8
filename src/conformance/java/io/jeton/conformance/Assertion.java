package io.jeton.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** An assertion as it should be (RFC 7523 §3), until it is changed for the worse. */
final class Assertion {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIFE_SECONDS = 60;

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();

    Assertion(String issuer, String subject, String audience) {
        long now = Instant.now().getEpochSecond();
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("iat", now);
        claims.put("exp", now + LIFE_SECONDS);
        claims.put("jti", UUID.randomUUID().toString());
    }

    Assertion with(String claim, Object value) {
        claims.put(claim, value);
        return this;
    }

    /** Seconds from now. */
    Assertion at(String claim, long seconds) {
        return with(claim, Instant.now().getEpochSecond() + seconds);
    }

    Assertion without(String claim) {
        claims.remove(claim);
        return this;
    }

    Assertion header(String parameter, Object value) {
        header.put(parameter, value);
        return this;
    }

    String signed(Key key, String algorithm) {
        JsonWebSignature signature = new JsonWebSignature();
        // Bad signatures are made here as well.
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setDoKeyValidation(false);
        header.forEach((name, value) -> signature.getHeaders().setObjectHeaderValue(name, value));
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setPayload(json(claims));
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the key does not sign by " + algorithm, e);
        }
    }

    String unsigned() {
        header.put("alg", "none");
        return part(json(header)) + "." + part(json(claims)) + ".";
    }

    /** What was signed says something else now. */
    static String altered(String compact, Assertion instead) {
        String[] parts = compact.split("\\.", -1);
        return parts[0] + "." + part(json(instead.claims)) + "." + parts[2];
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Map<String, Object> members) {
        try {
            return JSON.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
