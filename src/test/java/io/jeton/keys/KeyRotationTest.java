package io.jeton.keys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.Author;
import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.PostgresResource;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;

@ServiceTest
class KeyRotationTest {
    @Inject
    KeyRotation rotation;

    @Inject
    KeyEncryption encryption;

    @Inject
    KeyPolicy policy;

    @Inject
    Vertx vertx;

    @Inject
    AuditTrail trail;

    @Test
    void theKeySetHasPublicMembersAloneAndMayBeCached() {
        var answer = given().get("/jwks");
        answer.then()
                .statusCode(200)
                .header("Cache-Control", equalTo("public, max-age=3600"))
                .header("Access-Control-Allow-Origin", equalTo("*"));
        List<Map<String, Object>> keys = answer.path("keys");
        assertTrue(keys.size() >= 6, "an active and a next key for each algorithm");
        for (Map<String, Object> key : keys) {
            assertEquals("sig", key.get("use"));
            assertTrue(Set.of("ES256", "RS256", "EdDSA").contains(key.get("alg")));
            assertTrue(
                    Set.of("kid", "use", "alg", "kty", "crv", "x", "y", "n", "e")
                            .containsAll(key.keySet()),
                    key.keySet().toString());
        }
        given().header("If-None-Match", answer.header("ETag"))
                .get("/jwks")
                .then()
                .statusCode(304);
    }

    @Test
    void aVerifierThatCachesTheKeySetForItsFullLifeVerifiesAcrossTwoForcedRotations() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "openid telemetry:write");
        String refreshToken = device.redeem();
        for (int round = 0; round < 2; round++) {
            String cached = given().get("/jwks").asString();
            String before = activeKid("ES256");
            forceRotation();
            assertNotEquals(before, activeKid("ES256"));
            awaitTokensSignedBy(activeKid("ES256"));
            var answer = device.refresh(refreshed(device, refreshToken));
            refreshToken = answer.path("refresh_token");
            assertTrue(verifies(cached, answer.path("access_token")), "with the key set cached before the rotation");
            assertTrue(verifies(cached, answer.path("id_token")));
            assertTrue(given().get("/jwks").asString().contains(before), "the former key still verifies");
        }
    }

    @Test
    void whenTheActiveKeyIsDeletedItsPublishedSuccessorSignsWithinSeconds() throws Exception {
        String compromised = activeKid("EdDSA");
        String next = kid("EdDSA", "PENDING");
        Database.update("delete from signing_key where kid = ?", compromised);
        Eventually.holds(() -> Database.one("select state from signing_key where kid = ?", next)
                .get("state")
                .equals("ACTIVE"));
        Eventually.holds(() -> !given().get("/jwks").asString().contains(compromised));
    }

    @Test
    void aCompromisedKeyIsOutAtOnceAndItsPublishedSuccessorSigns() throws Exception {
        String compromised = activeKid("RS256");
        String next = kid("RS256", "PENDING");
        assertTrue(rotation.remove(compromised, new Author(Actor.operator("ops"), "192.0.2.1"))
                .await()
                .atMost(Duration.ofSeconds(30)));
        // At once, not a moment later: it is written with the change.
        assertEquals(
                List.of("key.activated", "key.deleted", "key.published"),
                Database.query(
                                "select distinct type from audit_event where actor_id = 'ops' and reason = 'RS256' order by type")
                        .stream()
                        .map(row -> row.get("type"))
                        .toList());
        assertEquals(next, activeKid("RS256"));
        Eventually.holds(() -> !given().get("/jwks").asString().contains(compromised));
        assertFalse(rotation.remove(compromised, new Author(Actor.operator("ops"), "192.0.2.1"))
                .await()
                .atMost(Duration.ofSeconds(30)));
    }

    @Test
    void anOperatorLetsTheNextKeyTakeOverOnceVerifiersKnowIt() {
        String before = activeKid("ES256");
        Database.update("update signing_key set published_at = now() where algorithm = 'ES256' and state = 'PENDING'");
        assertFalse(rotation.hurry(KeyAlgorithm.ES256, new Author(Actor.operator("ops"), "192.0.2.1"))
                .await()
                .atMost(Duration.ofSeconds(30)));
        assertEquals(before, activeKid("ES256"));
        Database.update("update signing_key set published_at = now() - interval '25 hours'"
                + " where algorithm = 'ES256' and state = 'PENDING'");
        String next = kid("ES256", "PENDING");
        assertTrue(rotation.hurry(KeyAlgorithm.ES256, new Author(Actor.operator("ops"), "192.0.2.1"))
                .await()
                .atMost(Duration.ofSeconds(30)));
        assertEquals(next, activeKid("ES256"));
    }

    @Test
    void aKeyMadeElsewhereIsServedHereWithinSeconds() throws Exception {
        NewKey key = NewKey.generate(KeyAlgorithm.ES256, new Randomness(), encryption);
        insertRetired(key.kid(), key.publicJwk(), key.sealedSecret());
        Eventually.holds(() -> given().get("/jwks").asString().contains(key.kid()));
        Database.update("delete from signing_key where kid = ?", key.kid());
        Eventually.holds(() -> !given().get("/jwks").asString().contains(key.kid()));
    }

    @Test
    void whoCanWriteToTheDatabaseAloneCannotPublishAKey() throws Exception {
        NewKey own = NewKey.generate(
                KeyAlgorithm.ES256, new Randomness(), new KeyEncryption(new Randomness(), key(66), List.of()));
        insertRetired(own.kid(), own.publicJwk(), own.sealedSecret());
        // A sealed secret of ours, beside a public key of theirs.
        NewKey ours = NewKey.generate(KeyAlgorithm.ES256, new Randomness(), encryption);
        insertRetired(ours.kid(), own.publicJwk().replace(own.kid(), ours.kid()), ours.sealedSecret());
        NewKey later = NewKey.generate(KeyAlgorithm.ES256, new Randomness(), encryption);
        insertRetired(later.kid(), later.publicJwk(), later.sealedSecret());

        Eventually.holds(() -> given().get("/jwks").asString().contains(later.kid()));
        String served = given().get("/jwks").asString();
        assertFalse(served.contains(own.kid()) || served.contains(ours.kid()));
        Database.update("delete from signing_key where kid in (?, ?, ?)", own.kid(), ours.kid(), later.kid());
    }

    private static void insertRetired(String kid, String publicJwk, byte[] sealed) {
        Database.update(
                "insert into signing_key (kid, algorithm, state, public_jwk, sealed_private, retained_until)"
                        + " values (?, 'ES256', 'RETIRED', ?, ?, now() + interval '1 day')",
                kid,
                publicJwk,
                sealed);
    }

    @Test
    void manyReplicasThatStartAtOnceMakeOneKeyForEachAlgorithm() throws Exception {
        String database = emptyDatabase();
        List<Integer> unused = Concurrently.call(6, () -> {
            Pool pool = pool(database);
            try {
                replica(pool, key(1)).run().await().atMost(Duration.ofSeconds(30));
                return 0;
            } finally {
                pool.closeAndAwait();
            }
        });
        assertEquals(6, unused.size());
        assertEquals(Map.of("ACTIVE", 4L, "PENDING", 4L), states(database));
    }

    private void forceRotation() {
        Database.update("update signing_key set published_at = published_at - interval '31 days',"
                + " activated_at = activated_at - interval '31 days' where algorithm <> 'HMAC'");
        rotation.run().await().atMost(Duration.ofSeconds(30));
    }

    private static String refreshed(TestDevice device, String token) {
        return device.refresh(token).path("refresh_token");
    }

    private static void awaitTokensSignedBy(String kid) throws Exception {
        Eventually.holds(() -> {
            String token = TestService.token().path("access_token");
            JsonWebSignature jws = new JsonWebSignature();
            jws.setCompactSerialization(token);
            return jws.getKeyIdHeaderValue().equals(kid);
        });
    }

    private static boolean verifies(String keySet, String token) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(token);
        var key = new JsonWebKeySet(keySet)
                .findJsonWebKey(jws.getKeyIdHeaderValue(), null, "sig", jws.getAlgorithmHeaderValue());
        assertTrue(key != null, "the verifier meets an unknown kid");
        jws.setKey(key.getKey());
        return jws.verifySignature();
    }

    private static String activeKid(String algorithm) {
        return kid(algorithm, "ACTIVE");
    }

    private static String kid(String algorithm, String state) {
        return (String) Database.one("select kid from signing_key where algorithm = ? and state = ?", algorithm, state)
                .get("kid");
    }

    private static String emptyDatabase() {
        String database = PostgresResource.createDatabase();
        Database.migrate(database);
        return database;
    }

    private Pool pool(String database) {
        return Pool.pool(
                vertx,
                PgConnectOptions.fromUri(PostgresResource.server().reactiveUrl(database))
                        .setUser(PostgresResource.server().user())
                        .setPassword(PostgresResource.server().password()),
                new PoolOptions().setMaxSize(2));
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static Map<String, Long> states(String database) {
        return Database.in(database, "select state, count(*) from signing_key group by state").stream()
                .collect(Collectors.toMap(row -> (String) row.get("state"), row -> (Long) row.get("count")));
    }

    private KeyRotation replica(Pool pool, byte[] key) {
        KeyEncryption own = new KeyEncryption(new Randomness(), key, List.of());
        return new KeyRotation(
                new KeyRepository(pool),
                policy,
                new KeyPreparation(new KeyCustody(own, new Randomness(), TestHsm.none())),
                trail);
    }
}
