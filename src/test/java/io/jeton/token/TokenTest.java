package io.jeton.token;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.client.Client;
import io.jeton.grant.Authorization;
import io.jeton.protocol.Scopes;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.http.Header;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;

/** What the tokens say, and how long they are. */
@ServiceTest
class TokenTest {
    /** A header with an eight-character kid, two dots and an ES256 signature, in base64url. */
    private static final int HEADER_AND_SIGNATURE = 63 + 2 + 86;

    @Test
    void anAccessTokenSaysWhatRfc9068AsksForAndTheDeviceAndNothingElse() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        Response answer = device.poll();
        JsonWebSignature jws = jws(answer.path("access_token"));
        assertEquals("at+jwt", jws.getHeader("typ"));
        assertEquals(
                Set.of("kid", "typ", "alg"),
                JsonUtil.parseJson(jws.getHeaders().getFullHeaderAsJsonString()).keySet());
        Map<String, Object> claims = JsonUtil.parseJson(jws.getUnverifiedPayload());
        assertEquals(
                Set.of("iss", "sub", "aud", "client_id", "jti", "iat", "exp", "scope", "device_id"), claims.keySet());
        assertEquals(16, Base64.getUrlDecoder().decode((String) claims.get("jti")).length);
        assertEquals(3600, (long) claims.get("exp") - (long) claims.get("iat"));
    }

    @Test
    void anIdTokenSaysWhoSignedInWhenAndHow() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "openid telemetry:write");
        Map<String, Object> claims =
                JsonUtil.parseJson(jws(device.poll().path("id_token")).getUnverifiedPayload());
        assertEquals(Set.of("iss", "sub", "aud", "iat", "exp", "auth_time", "amr", "at_hash"), claims.keySet());
        assertEquals(TestClients.DEVICE, claims.get("aud"));
        assertEquals(List.of("pwd"), claims.get("amr"));
    }

    @Test
    void aClientMayChooseEdDsa() throws Exception {
        Response answer = TestDevice.approved(TestClients.EDDSA_DEVICE, "scope", "openid telemetry:write")
                .poll();
        String keySet = given().get("/jwks").asString();
        for (String name : List.of("access_token", "id_token")) {
            JsonWebSignature jws = jws(answer.path(name));
            assertEquals("EdDSA", jws.getAlgorithmHeaderValue());
            jws.setKey(new JsonWebKeySet(keySet)
                    .findJsonWebKey(jws.getKeyIdHeaderValue(), "OKP", "sig", "EdDSA")
                    .getKey());
            assertTrue(jws.verifySignature());
        }
        byte[] hash = MessageDigest.getInstance("SHA-512")
                .digest(answer.<String>path("access_token").getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 32)),
                JsonUtil.parseJson(jws(answer.path("id_token")).getUnverifiedPayload())
                        .get("at_hash"));
    }

    @Test
    void theDemoDevicesAccessTokenHasAtMost480Bytes() {
        Client demo = new Client(
                "demo-device",
                "Demo thermometer",
                true,
                Client.Credentials.NONE,
                Set.of(),
                Scopes.NONE,
                Set.of(),
                new Client.TokenPolicy(
                        List.of("demo-api"), "ES256", "at+jwt", "RS256", Duration.ofHours(1), false, false, false),
                new Client.RefreshPolicy(Duration.ofDays(1), Duration.ofDays(1), Duration.ZERO, 0));
        Authorization authorization = new Authorization(
                demo,
                Scopes.parse("openid telemetry:write"),
                Optional.of(
                        new Authorization.Approval(Optional.of(UUID.randomUUID()), UUID.randomUUID(), Instant.now())),
                Optional.empty());
        String payload = JsonUtil.toJson(Claims.ofAccessToken(
                "http://localhost:8080",
                authorization,
                new byte[16],
                new Validity(Instant.parse("2026-11-23T00:00:00Z"), Duration.ofHours(1))));
        int bytes = HEADER_AND_SIGNATURE + (payload.length() * 4 + 2) / 3;
        assertTrue(bytes <= 480, bytes + " bytes");
    }

    /** With a short name, an audience that is a URL and one scope: what src/docs/proof.md speaks of. */
    @Test
    void theWholeAnswerToARefreshHasAtMost803Bytes() {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        Response answer = device.refresh(device.redeem());
        answer.then().statusCode(200).header("Content-Type", "application/json");
        int bytes = "HTTP/1.1 200 OK\r\n\r\n".length() + answer.asByteArray().length;
        for (Header header : answer.headers()) {
            bytes += (header.getName() + ": " + header.getValue() + "\r\n").length();
        }
        assertTrue(bytes <= 803, bytes + " bytes");
    }

    private static JsonWebSignature jws(String token) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(token);
        return jws;
    }
}
