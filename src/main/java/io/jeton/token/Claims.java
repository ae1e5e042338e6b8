package io.jeton.token;

import io.jeton.client.Client;
import io.jeton.grant.Authorization;
import io.jeton.keys.KeyAlgorithm;
import io.jeton.protocol.Identifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the tokens say, and nothing that nobody asked for: small tokens are a feature on a device. */
final class Claims {
    private Claims() {}

    /** RFC 9068 §2.2, and the device. */
    static Map<String, Object> ofAccessToken(
            String issuer, Authorization authorization, byte[] jti, Validity validity) {
        Client client = authorization.client();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", subject(authorization));
        claims.put(
                "aud",
                client.tokens().audience().size() == 1
                        ? client.tokens().audience().get(0)
                        : client.tokens().audience());
        claims.put("client_id", client.id());
        claims.put("jti", Identifier.of(jti));
        claims.put("iat", validity.issuedAt());
        claims.put("exp", validity.expiresAt());
        if (!authorization.scopes().isEmpty()) {
            claims.put("scope", authorization.scopes().toString());
        }
        authorization.approval().ifPresent(approval -> claims.put("device_id", Identifier.of(approval.device())));
        return claims;
    }

    /** Where the status of the token's grant is found: Token Status List §6.1. */
    static void putStatus(Map<String, Object> claims, Map<String, Object> status) {
        claims.put("status", status);
    }

    /** OpenID Connect Core §2. */
    static Map<String, Object> ofIdToken(
            String issuer,
            Authorization authorization,
            Authorization.Approval approval,
            String accessToken,
            Instant now) {
        Client client = authorization.client();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", subject(authorization));
        claims.put("aud", client.id());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(client.tokens().accessTokenLifetime()).getEpochSecond());
        claims.put("auth_time", approval.authenticatedAt().getEpochSecond());
        // RFC 8176 §2: people sign in with a password, there is no other way yet.
        claims.put("amr", List.of("pwd"));
        claims.put("at_hash", hash(accessToken, KeyAlgorithm.of(client.tokens().idTokenAlgorithm())));
        return claims;
    }

    /** The person, the device that has none, or the client where it acts for itself (RFC 9068 §2.2). */
    private static String subject(Authorization authorization) {
        return authorization
                .approval()
                .map(approval -> Identifier.of(approval.account().orElse(approval.device())))
                .orElse(authorization.client().id());
    }

    /** OpenID Connect Core §3.1.3.6: the left half of the hash that belongs to the algorithm; Ed25519's is SHA-512. */
    private static String hash(String accessToken, KeyAlgorithm algorithm) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm == KeyAlgorithm.EDDSA ? "SHA-512" : "SHA-256")
                    .digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Identifier.of(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }
}
