package io.jeton.keys;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.Author;
import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.protocol.OAuthException;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.OneReplica;
import io.jeton.test.PostgresResource;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing keys in an HSM (PKCS #11 v2.40), which is SoftHSM2 here. */
@ServiceTest
@TestProfile(WithHsm.class)
class HsmTest {
    private static final byte[] INPUT = "input".getBytes(StandardCharsets.US_ASCII);

    @Inject
    Vertx vertx;

    @Inject
    KeyRotation rotation;

    @Inject
    KeyRepository repository;

    @Inject
    KeyPolicy policy;

    @Inject
    KeyEncryption encryption;

    @Inject
    AuditTrail trail;

    @Inject
    @Readiness
    KeyHealth health;

    @BeforeAll
    static void installed() {
        TestHsm.assumeInstalled();
    }

    @BeforeEach
    void signs() throws Exception {
        Eventually.holds(() -> "signs".equals(health().get("hsm")));
    }

    @Test
    void tokensAreSignedInTheHsmAndVerifyWithThePublishedKeys() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "openid telemetry:write");
        var answer = device.poll();
        answer.then().statusCode(200);
        String keySet = given().get("/jwks").asString();
        assertEquals(kid("ES256", "ACTIVE"), verified(keySet, answer.path("access_token")));
        assertEquals(kid("RS256", "ACTIVE"), verified(keySet, answer.path("id_token")));
    }

    @Test
    void thePrivateKeyIsNotInTheDatabaseAndCannotBeTakenOutOfTheHsm() throws Exception {
        for (String algorithm : List.of("ES256", "RS256")) {
            Map<String, Object> row =
                    Database.one("select * from signing_key where algorithm = ? and state = 'ACTIVE'", algorithm);
            String label = Hsm.label((String) row.get("kid"));
            assertEquals("HSM", row.get("custody"));
            String context = StoredKey.context(
                    Custody.HSM, (String) row.get("kid"), KeyAlgorithm.of(algorithm), (String) row.get("public_jwk"));
            byte[] sealed = (byte[]) row.get("sealed_private");
            assertEquals(label, new String(encryption.open(sealed, context), StandardCharsets.US_ASCII));
            assertEquals("token object, sensitive, unextractable", TestHsm.described(label));
        }
        for (String algorithm : List.of("EdDSA", "HMAC")) {
            assertEquals(
                    2,
                    Database.query(
                                    "select kid from signing_key where algorithm = ? and custody = 'DATABASE'"
                                            + " and state <> 'RETIRED'",
                                    algorithm)
                            .size());
        }
    }

    @Test
    void whoCanWriteToTheDatabaseAloneCannotPublishAKeyOfAnotherCustody() throws Exception {
        NewKey ours = NewKey.generate(KeyAlgorithm.ES256, new Randomness(), encryption);
        insertRetired(ours, "HSM");
        NewKey later = NewKey.generate(KeyAlgorithm.ES256, new Randomness(), encryption);
        insertRetired(later, "DATABASE");
        Eventually.holds(() -> given().get("/jwks").asString().contains(later.kid()));
        assertFalse(given().get("/jwks").asString().contains(ours.kid()));
        Database.update("delete from signing_key where kid in (?, ?)", ours.kid(), later.kid());
    }

    @Test
    void aRotationTakesTheNextKeyInTheHsmAndMakesAnotherAndDeletesWhatIsOver() throws Exception {
        String before = kid("ES256", "ACTIVE");
        String next = kid("ES256", "PENDING");
        Database.update("update signing_key set published_at = published_at - interval '31 days',"
                + " activated_at = activated_at - interval '31 days' where algorithm = 'ES256'");
        await(rotation.run());
        assertEquals(next, kid("ES256", "ACTIVE"));
        String after = kid("ES256", "PENDING");
        assertTrue(TestHsm.labels().containsAll(List.of(Hsm.label(before), Hsm.label(next), Hsm.label(after))));
        Eventually.holds(() -> next.equals(verified(given().get("/jwks").asString(), token())));

        Database.update("update signing_key set retained_until = now() - interval '1 s' where kid = ?", before);
        await(rotation.run());
        assertEquals(
                0,
                Database.query("select 1 from signing_key where kid = ?", before)
                        .size());
        assertFalse(TestHsm.labels().contains(Hsm.label(before)));
        assertTrue(TestHsm.labels().containsAll(List.of(Hsm.label(next), Hsm.label(after))));
    }

    @Test
    void aKeyThatIsTakenOutAtOnceIsOutOfTheHsmToo() throws Exception {
        String compromised = kid("RS256", "ACTIVE");
        String next = kid("RS256", "PENDING");
        assertTrue(await(rotation.remove(compromised, new Author(Actor.operator("ops"), "192.0.2.1"))));
        assertFalse(TestHsm.labels().contains(Hsm.label(compromised)));
        assertEquals(next, kid("RS256", "ACTIVE"));
        assertEquals("HSM", custody(kid("RS256", "PENDING")));
    }

    @Test
    @OneReplica("each replica finds out for itself that a key does not sign")
    void aKeyThatDoesNotSignCostsNoDeviceItsGrantAndTheKeySetIsServedOn() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        String refreshToken = device.redeem();
        TestDevice asking = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        String lost = kid("ES256", "ACTIVE");
        TestHsm.hsm(TestHsm.settings()).destroy(Hsm.label(lost));
        Eventually.holds(() -> "does not sign".equals(health().get("hsm")));
        assertEquals(HealthCheckResponse.Status.UP, health.call().getStatus());

        List<Map<String, Object>> before = grants();
        for (int i = 0; i < 20; i++) {
            device.refresh(refreshToken)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", matchesPattern("[3-7]"))
                    .body("error", equalTo("temporarily_unavailable"));
            asking.poll().then().statusCode(503);
        }
        TestService.token().then().statusCode(503);
        assertEquals(before, grants(), "nothing was used up");
        given().get("/jwks").then().statusCode(200);
        assertTrue(given().get("/jwks").asString().contains(lost));

        assertTrue(await(rotation.remove(lost, new Author(Actor.operator("ops"), "192.0.2.1"))));
        Eventually.holds(() -> TestService.token().statusCode() == 200);
        device.refresh(refreshToken).then().statusCode(200);
        asking.poll().then().statusCode(200);
    }

    @Test
    void anHsmThatHasForgottenWhoIsLoggedInIsLoggedIntoAgain() throws Exception {
        Hsm hsm = TestHsm.hsm(TestHsm.settings());
        HsmSigner signer = new HsmSigner("x", KeyAlgorithm.ES256, Hsm.label(kid("ES256", "ACTIVE")), hsm);
        assertEquals(64, signer.sign(INPUT).length);
        TestHsm.logEverybodyOut();
        hsm.tryOut(signer);
        hsm.tryOut(signer);
        assertTrue(signer.isReady());
        assertEquals(64, signer.sign(INPUT).length);
        Eventually.holds(() -> TestService.token().statusCode() == 200);
    }

    @Test
    void anHsmThatDoesNotAnswerIsAwayUntilATrialSucceeds() {
        Hsm hsm = TestHsm.hsm(TestHsm.with("jeton.keys.pkcs11.timeout", "PT0.05S"));
        HsmSigner signer = new HsmSigner("x", KeyAlgorithm.ES256, Hsm.label(kid("ES256", "ACTIVE")), hsm);
        assertThrows(
                OAuthException.class, () -> await(signer.limit(Uni.createFrom().<String>nothing())));
        assertFalse(signer.isReady());
        hsm.tryOut(signer);
        assertTrue(signer.isReady());
    }

    @Test
    void replicasThatStartAtOnceMakeNoKeyTooManyInTheHsmAndEachSignsWithTheSame() throws Exception {
        String database = PostgresResource.createDatabase();
        Database.migrate(database);
        Pool pool = pool(database);
        try {
            List<KeyCustody> replicas = Concurrently.call(2, () -> {
                KeyCustody custody = replica();
                await(rotation(pool, custody).run());
                return custody;
            });
            // SoftHSM refuses some of what two threads of one process do at once; the next run makes what is missing.
            await(rotation(pool, replicas.get(0)).run());
            List<String> labels = labelsIn(database);
            assertEquals(4, labels.size());
            assertTrue(TestHsm.labels().containsAll(labels));
            // Started again, so to say: another one that has seen none of them.
            for (KeyCustody custody : List.of(replicas.get(0), replicas.get(1), replica())) {
                KeyRing ring = KeyRing.of(await(new KeyRepository(pool).read()).keys(), custody);
                assertEquals(64, ring.signer(KeyAlgorithm.ES256).sign(INPUT).length);
                assertEquals(256, ring.signer(KeyAlgorithm.RS256).sign(INPUT).length);
            }
        } finally {
            pool.closeAndAwait();
        }
    }

    @Test
    void aKeyThatWasMadeForNothingIsDestroyed() throws Exception {
        KeyRepository.Snapshot snapshot = await(repository.read());
        KeyPreparation preparation = new KeyPreparation(replica());
        KeyStep.Publish step = new KeyStep.Publish(KeyAlgorithm.ES256, KeyState.PENDING);
        KeyPreparation.Prepared prepared = await(preparation.prepare(List.of(step), snapshot));
        String label = Hsm.label(prepared.fresh().get(step).kid());
        assertTrue(TestHsm.labels().contains(label));
        // Another replica was quicker: nothing was done.
        await(preparation.cleanUp(prepared, List.of(), snapshot));
        assertFalse(TestHsm.labels().contains(label));
    }

    @Test
    void aRunningInstallationMovesByTheOrdinaryRotation() {
        String database = PostgresResource.createDatabase();
        Database.migrate(database);
        Pool pool = pool(database);
        try {
            await(rotation(pool, new KeyCustody(encryption, new Randomness(), TestHsm.none()))
                    .run());
            KeyCustody custody = replica();
            for (String kindOfActive : List.of("DATABASE", "HSM")) {
                Database.in(
                        database,
                        "update signing_key set published_at = published_at - interval '31 days',"
                                + " activated_at = activated_at - interval '31 days' where algorithm = 'ES256' returning kid");
                await(rotation(pool, custody).run());
                KeyRing ring = KeyRing.of(await(new KeyRepository(pool).read()).keys(), custody);
                assertEquals(kindOfActive.equals("HSM"), ring.signer(KeyAlgorithm.ES256) instanceof HsmSigner);
                assertEquals(64, ring.signer(KeyAlgorithm.ES256).sign(INPUT).length);
            }
            // A replica without the HSM publishes its keys, and signs with none of them.
            KeyRing without = KeyRing.of(
                    await(new KeyRepository(pool).read()).keys(),
                    new KeyCustody(encryption, new Randomness(), TestHsm.none()));
            assertFalse(without.signer(KeyAlgorithm.ES256).isReady());
            assertThrows(OAuthException.class, () -> without.signer(KeyAlgorithm.ES256)
                    .sign(INPUT));
            assertTrue(without.jwks()
                    .toString()
                    .contains(without.signer(KeyAlgorithm.ES256).kid()));
        } finally {
            pool.closeAndAwait();
        }
    }

    @Test
    void aSlotThatIsNotThereStopsTheStart() {
        String message = assertThrows(
                        RuntimeException.class, () -> TestHsm.hsm(TestHsm.with("jeton.keys.pkcs11.slot", "99")))
                .getMessage();
        assertTrue(message.contains("jeton.keys.pkcs11"), message);
        assertFalse(message.contains(TestHsm.PIN), message);
    }

    private static List<String> labelsIn(String database) {
        return Database.in(database, "select kid from signing_key where custody = 'HSM'").stream()
                .map(row -> Hsm.label((String) row.get("kid")))
                .toList();
    }

    private static void insertRetired(NewKey key, String custody) {
        Database.update(
                "insert into signing_key (kid, algorithm, state, public_jwk, sealed_private, custody, retained_until)"
                        + " values (?, 'ES256', 'RETIRED', ?, ?, ?, now() + interval '1 day')",
                key.kid(),
                key.publicJwk(),
                key.sealedSecret(),
                custody);
    }

    private Map<String, Object> health() {
        return health.call().getData().orElseThrow();
    }

    private KeyCustody replica() {
        return new KeyCustody(encryption, new Randomness(), TestHsm.hsm(TestHsm.settings()));
    }

    private KeyRotation rotation(Pool pool, KeyCustody custody) {
        return new KeyRotation(new KeyRepository(pool), policy, new KeyPreparation(custody), trail);
    }

    private Pool pool(String database) {
        return Pool.pool(
                vertx,
                PgConnectOptions.fromUri(PostgresResource.server().reactiveUrl(database))
                        .setUser(PostgresResource.server().user())
                        .setPassword(PostgresResource.server().password()),
                new PoolOptions().setMaxSize(2));
    }

    private static String token() {
        return TestService.token().path("access_token");
    }

    private static String verified(String keySet, String token) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(token);
        var key = new JsonWebKeySet(keySet)
                .findJsonWebKey(jws.getKeyIdHeaderValue(), null, "sig", jws.getAlgorithmHeaderValue());
        jws.setKey(key.getKey());
        assertTrue(jws.verifySignature());
        return jws.getKeyIdHeaderValue();
    }

    private static String kid(String algorithm, String state) {
        return (String) Database.one("select kid from signing_key where algorithm = ? and state = ?", algorithm, state)
                .get("kid");
    }

    private static String custody(String kid) {
        return (String) Database.one("select custody from signing_key where kid = ?", kid)
                .get("custody");
    }

    private static List<Map<String, Object>> grants() {
        return Database.query("select id, generation, confirmed, retries from refresh_token order by id");
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(30));
    }
}
