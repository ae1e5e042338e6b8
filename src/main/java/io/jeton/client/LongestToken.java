package io.jeton.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long the access tokens of a client can become (RFC 9068 §2.2), with all its scopes, bound to a key and listed: nobody
 * could use one that is longer than what is read back. Pure.
 */
final class LongestToken {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** An id, or a tag of as many bytes, as base64url has it. */
    private static final String ID = "x".repeat(22);

    private static final String THUMBPRINT = "x".repeat(43);
    /** RFC 7518 §3.3, by a key of 2048 bits; the others' are shorter. */
    private static final int LONGEST_SIGNATURE = 342;

    private static final long LATEST = 253_402_300_799L;

    private LongestToken() {}

    /** In characters, with the dots. */
    static int of(ClientSpecification client, String issuer) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "at+jwt");
        header.put("kid", ID);
        header.put("alg", client.tokens().accessTokenAlgorithm());
        return part(header) + 1 + part(claims(client, issuer)) + 1 + LONGEST_SIGNATURE;
    }

    private static Map<String, Object> claims(ClientSpecification client, String issuer) {
        List<String> audience = client.tokens().audience();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", client.id().length() > ID.length() ? client.id() : ID);
        claims.put("aud", audience.size() == 1 ? audience.get(0) : audience);
        claims.put("client_id", client.id());
        claims.put("jti", ID);
        claims.put("iat", LATEST);
        claims.put("exp", LATEST);
        claims.put("scope", String.join(" ", client.scopes()));
        claims.put("device_id", ID);
        claims.put("cnf", Map.of("x5t#S256", THUMBPRINT));
        if (client.tokens().statusList()) {
            claims.put(
                    "status",
                    Map.of(
                            "status_list",
                            Map.of("idx", Integer.MAX_VALUE, "uri", issuer + "/statuslists/" + Integer.MAX_VALUE)));
        }
        return claims;
    }

    private static int part(Map<String, Object> members) {
        try {
            return (JSON.writeValueAsBytes(members).length * 4 + 2) / 3;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts that are not JSON", e);
        }
    }
}
