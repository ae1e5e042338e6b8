package io.jeton.token;

import static io.jeton.test.TestOperator.bearer;
import static io.jeton.test.TestOperator.sending;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.jeton.keys.OurSignature;
import io.jeton.test.Database;
import io.jeton.test.ForgedJwts;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.jeton.test.TwoReplicas;
import io.restassured.response.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every door that takes a JWT, against everything that attackers make of one. */
@ServiceTest
@DisplayName("RFC 8725: forged JWTs")
class ForgedJwtTest {
    private static final String API = "https://api.example.com";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static final String ABSENT = "absent";

    private final TestKey key = TestKey.es256();
    private final AtomicInteger fetched = new AtomicInteger();
    private HttpServer listener;

    /**
     * Somewhere a JWT is taken.
     *
     * @param isIn whether it was let in
     * @param isOut whether it was refused, as it should be
     */
    private record Door(Function<String, Response> knock, Predicate<Response> isIn, Predicate<Response> isOut) {}

    @BeforeEach
    void somebodyListens() throws Exception {
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        listener.start();
    }

    @AfterEach
    void nobodyWasAskedForKeys() {
        listener.stop(0);
        assertEquals(0, fetched.get());
    }

    @Test
    void atUserinfo() throws Exception {
        Door door = new Door(
                token -> bearer(token).get("/userinfo"),
                ForgedJwtTest::ok,
                answer -> answer.statusCode() == 401
                        && answer.path("error").equals("invalid_token")
                        && answer.header("WWW-Authenticate").contains("error=\"invalid_token\""));
        attackWithOurs(door, accessTokenOfADevice(), false);
    }

    @Test
    void atIntrospection() throws Exception {
        Door door = new Door(
                token -> given().auth()
                        .preemptive()
                        .basic(TestClients.SERVICE, URLEncoder.encode(TestClients.SECRET, StandardCharsets.UTF_8))
                        .formParam("token", token)
                        .post("/introspect"),
                answer -> answer.statusCode() == 200 && (boolean) answer.path("active"),
                answer -> answer.statusCode() == 200 && answer.asString().equals("{\"active\":false}"));
        attackWithOurs(door, accessToken(API, "telemetry:read"), true);
        attackWithOurs(door, accessTokenOfADevice(), true);
    }

    @Test
    void atTheAdminApi() throws Exception {
        Door door = new Door(
                token -> bearer(token).get("/admin/clients"),
                ForgedJwtTest::ok,
                answer -> answer.statusCode() == 401
                        && answer.contentType().equals("application/problem+json")
                        && answer.path("error").equals("invalid_token"));
        attackWithOurs(door, accessToken(issuer(), "jeton:admin"), true);
    }

    @Test
    void asAClientsAssertion() throws Exception {
        String client = "signer-" + UUID.randomUUID();
        sending("""
                {"id": "%s", "name": "Signer", "token_endpoint_auth_method": "private_key_jwt", "jwks": %s,
                 "grant_types": ["client_credentials"], "scopes": ["telemetry:read"]}""".formatted(client, key.set())).post("/admin/clients").then().statusCode(201);
        Door door = new Door(
                assertion -> TestDevice.post(
                        "/token",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_assertion_type",
                                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion",
                                assertion)),
                ForgedJwtTest::ok,
                answer -> answer.statusCode() == 401 && answer.path("error").equals("invalid_client"));
        attackAssertion(door, client);
    }

    @Test
    void asADevicesAssertion() throws Exception {
        String client = "fleet-" + UUID.randomUUID();
        String serial = "S-" + UUID.randomUUID();
        sending("{\"id\": \"%s\", \"name\": \"Sensor\", \"grant_types\": [\"%s\"], \"scopes\": [\"telemetry:write\"]}"
                        .formatted(client, JWT_BEARER))
                .post("/admin/clients")
                .then()
                .statusCode(201);
        Database.update(
                "insert into device (id, client_id, serial, first_seen_from, public_jwk, key_thumbprint)"
                        + " values (?, ?, ?, 'import', ?, ?)",
                UUID.randomUUID(),
                client,
                serial,
                key.publicJson(),
                key.thumbprint());
        Door door = new Door(
                assertion -> TestDevice.post(
                        "/token", Map.of("grant_type", JWT_BEARER, "client_id", client, "assertion", assertion)),
                ForgedJwtTest::ok,
                answer -> answer.statusCode() == 400 && answer.path("error").equals("invalid_grant"));
        attackAssertion(door, serial);
    }

    @Test
    @DisplayName("RFC 9449 §4.3")
    void asAProof() throws Exception {
        Door door = new Door(
                proof -> given().header("DPoP", proof)
                        .formParams(Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                TestClients.POST_SERVICE,
                                "client_secret",
                                TestClients.SECRET))
                        .post("/token"),
                ForgedJwtTest::ok,
                answer -> answer.statusCode() == 400
                        && (answer.path("error").equals("invalid_dpop_proof")
                                || answer.path("error").equals("use_dpop_nonce")));
        Map<String, Object> header = Map.of("typ", "dpop+jwt", "jwk", JsonUtil.parseJson(key.publicJson()));
        Map<String, Object> claims = new LinkedHashMap<>(Map.of(
                "htm",
                "POST",
                "htu",
                issuer() + "/token",
                "iat",
                now(),
                "jti",
                UUID.randomUUID().toString()));
        attack(
                door,
                header,
                claims,
                key::sign,
                key.jwk(),
                Map.of(
                        "for another address", Map.of("htu", issuer() + "/revoke"),
                        "of yesterday", Map.of("iat", now() - 86_400),
                        "of tomorrow", Map.of("iat", now() + 86_400)));
    }

    private void attackAssertion(Door door, String signer) throws Exception {
        String issuer = issuer();
        TwoReplicas.agree(() -> door.isIn().test(door.knock().apply(key.assertion(signer, issuer))));
        attack(
                door,
                Map.of("kid", key.jwk().getKeyId()),
                TestKey.claims(signer, issuer),
                key::sign,
                key.jwk(),
                Map.of(
                        "for another", Map.of("aud", "https://other.example"),
                        "expired", Map.of("exp", now() - 120),
                        "not yet valid", Map.of("nbf", now() + 240),
                        "of tomorrow", Map.of("iat", now() + 86_400)));
    }

    private void attackWithOurs(Door door, Map<String, Object> claims, boolean audience) throws Exception {
        Map<String, Map<String, Object>> wrong = new TreeMap<>(Map.of(
                "of another issuer", Map.of("iss", "https://other.example"),
                "expired", Map.of("exp", now() - 1),
                "expired since ever", Map.of("exp", 0),
                "not yet valid", Map.of("nbf", now() + 3600),
                "that expires soon", Map.of("exp", "soon"),
                "of nobody", Map.of("client_id", "nobody")));
        for (String claim : List.of("iss", "sub", "client_id", "jti", "iat", "exp")) {
            wrong.put("without " + claim, Map.of(claim, ABSENT));
        }
        if (audience) {
            wrong.put("for another", Map.of("aud", "https://other.example"));
        }
        attack(door, Map.of("typ", "at+jwt", "kid", OurSignature.kid()), claims, OurSignature::of, ourKey(), wrong);
    }

    private void attack(
            Door door,
            Map<String, Object> header,
            Map<String, Object> claims,
            ForgedJwts.Genuine genuine,
            PublicJsonWebKey publicKey,
            Map<String, Map<String, Object>> wrongClaims)
            throws Exception {
        Map<String, String> forged = new ForgedJwts(header, claims, genuine, publicKey)
                .all("http://127.0.0.1:" + listener.getAddress().getPort() + "/keys");
        // The set as it is published has other keys as well.
        forged.put(
                "HS256 by what is published",
                ForgedJwts.mac(header, claims, given().get("/jwks").asByteArray()));
        wrongClaims.forEach((name, wrong) -> {
            Map<String, Object> changed = new LinkedHashMap<>(claims);
            changed.putAll(wrong);
            changed.values().removeIf(ABSENT::equals);
            forged.put(name, genuine.sign(header, JsonUtil.toJson(changed)));
        });
        Map<String, String> notRefused = new TreeMap<>();
        forged.forEach((name, token) -> {
            Response answer = door.knock.apply(token);
            if (!door.isOut.test(answer)) {
                notRefused.put(name, answer.statusCode() + " " + answer.asString());
            }
        });
        assertEquals(Map.of(), notRefused);
        // None was refused for what all have in common: the genuine one, of the same jti, is let in.
        Response in = door.knock.apply(genuine.sign(header, JsonUtil.toJson(claims)));
        assertTrue(door.isIn.test(in), in.asString());
    }

    /** Of one that a device has, with another id. */
    private static Map<String, Object> accessTokenOfADevice() throws JoseException {
        String token = TestDevice.approved(TestClients.DEVICE, "scope", "openid")
                .poll()
                .path("access_token");
        byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        Map<String, Object> claims =
                new LinkedHashMap<>(JsonUtil.parseJson(new String(payload, StandardCharsets.UTF_8)));
        claims.put("jti", UUID.randomUUID().toString());
        return claims;
    }

    private static Map<String, Object> accessToken(String audience, String scope) {
        return new LinkedHashMap<>(Map.of(
                "iss",
                issuer(),
                "sub",
                TestClients.OPERATOR,
                "aud",
                audience,
                "client_id",
                TestClients.OPERATOR,
                "jti",
                UUID.randomUUID().toString(),
                "iat",
                now(),
                "exp",
                now() + 600,
                "scope",
                scope));
    }

    private static boolean ok(Response answer) {
        return answer.statusCode() == 200;
    }

    private static PublicJsonWebKey ourKey() throws JoseException {
        return new JsonWebKeySet(given().get("/jwks").asString())
                .getJsonWebKeys().stream()
                        .filter(jwk -> jwk.getKeyId().equals(OurSignature.kid()))
                        .map(PublicJsonWebKey.class::cast)
                        .findFirst()
                        .orElseThrow();
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }
}
