package io.jeton.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import io.jeton.database.SealedColumn;
import io.jeton.database.SealedColumnRepository;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.PostgresResource;
import io.jeton.test.ServiceTest;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key-encryption key is exchanged, on a database of the test's own. */
@ServiceTest
class RewrapTest {
    private static final byte[] SECRET = "the secret of a client, long enough".getBytes(StandardCharsets.US_ASCII);

    private final KeyEncryption old = encryption(key(1));
    private final KeyEncryption both = encryption(key(2), key(1));
    private final KeyEncryption onlyNew = encryption(key(2));

    @Inject
    Vertx vertx;

    @Inject
    Event<AuditEvent> audit;

    @Inject
    AuditTrail trail;

    @Inject
    KeyPolicy policy;

    @Inject
    @All
    List<SealedColumn> columns;

    private String database = "";
    private Pool pool;

    @BeforeEach
    void database() {
        database = PostgresResource.createDatabase();
        Database.migrate(database);
        pool = Pool.pool(
                vertx,
                PgConnectOptions.fromUri(PostgresResource.server().reactiveUrl(database))
                        .setUser(PostgresResource.server().user())
                        .setPassword(PostgresResource.server().password()),
                new PoolOptions().setMaxSize(4));
    }

    @AfterEach
    void close() {
        pool.closeAndAwait();
    }

    @Test
    void afterTwoReplicasSealedAllAnewTheFormerKeyCanBeLeftOut() throws Exception {
        await(rotation(old).run());
        for (int i = 0; i < 250; i++) {
            insertClient("c" + i, old, i % 2 == 0);
        }
        assertThrows(IllegalStateException.class, () -> ring(onlyNew), "the new key alone opens nothing yet");
        assertEquals(
                Map.of(
                        "signing_key.sealed_private", Map.of(old.currentId(), 8L),
                        "client.sealed_secret", Map.of(old.currentId(), 250L),
                        "client.former_sealed_secret", Map.of(old.currentId(), 125L)),
                await(rewrap(both).report()).values());
        assertEquals(383, await(rewrap(both).report()).left());

        List<Rewrap.Report> reports =
                Concurrently.call(2, () -> await(rewrap(both).run(Actor.operator("ops"))));

        assertEquals(0, await(rewrap(both).report()).left());
        assertEquals(both.currentId(), reports.get(0).key());
        // The service starts without the former key.
        assertEquals(6, ring(onlyNew).jwks().toString().split("\"kid\"", -1).length - 1);
        for (Map<String, Object> row : clients()) {
            String context = "client_secret/" + row.get("id");
            assertEquals(text(SECRET), text(onlyNew.open((byte[]) row.get("sealed_secret"), context)));
            if (row.get("former_sealed_secret") != null) {
                assertEquals(text(SECRET), text(onlyNew.open((byte[]) row.get("former_sealed_secret"), context)));
            }
            assertEquals(1L, row.get("version"));
        }
        Eventually.holds(() -> Database.query(
                        "select actor_id from audit_event where type = 'encryption_key.rewrapped' and subject = ?"
                                + " and reason like '% 0 left'",
                        both.currentId())
                .stream()
                .anyMatch(row -> "ops".equals(row.get("actor_id"))));
    }

    @Test
    void whatIsSealedUnderThePresentKeyIsLeftAlone() {
        await(rotation(both).run());
        insertClient("c", both, true);
        List<Map<String, Object>> before = versions();
        assertEquals(0, await(rewrap(both).run(Actor.SYSTEM)).left());
        assertEquals(0, await(rewrap(onlyNew).run(Actor.SYSTEM)).left());
        assertEquals(before, versions());
    }

    @Test
    void whatNoKeyOpensStaysAndIsCountedAndHoldsUpNothingElse() {
        KeyEncryption lost = encryption(key(9));
        insertClient("a", lost, false);
        insertClient("b", old, false);
        // Sealed as something else, as if rows had been swapped.
        insertClient("c", old, false);
        Database.in(database, "update client set sealed_secret = ? where id = 'c' returning id", old.seal(SECRET, "x"));
        insertClient("d", old, true);

        Rewrap.Report report = await(rewrap(both).run(Actor.SYSTEM));

        assertEquals(2, report.left());
        assertEquals(
                Map.of(lost.currentId(), 1L, old.currentId(), 1L, both.currentId(), 2L),
                report.values().get("client.sealed_secret"));
        assertEquals(Map.of(both.currentId(), 1L), report.values().get("client.former_sealed_secret"));
    }

    @Test
    void aSecretThatIsExchangedMeanwhileIsNotOverwritten() {
        insertClient("c", old, false);
        byte[] exchanged = both.seal(SECRET, "client_secret/c");
        SealedColumn column = columns.stream()
                .filter(each -> each.name().equals("sealed_secret"))
                .findFirst()
                .orElseThrow();
        var batch = await(new SealedColumnRepository(pool)
                .sealAnew(
                        column, new SealedColumnRepository.Range(List.of(old.currentId()), "", 10), (read, context) -> {
                            Database.in(
                                    database,
                                    "update client set sealed_secret = ? where id = 'c' returning id",
                                    exchanged);
                            return both.sealAnew(read, context);
                        }));
        assertEquals(0, batch.sealedAnew());
        assertTrue(Arrays.equals(exchanged, (byte[]) clients().get(0).get("sealed_secret")));
    }

    private void insertClient(String id, KeyEncryption encryption, boolean former) {
        byte[] sealed = encryption.seal(SECRET, "client_secret/" + id);
        Database.in(
                database,
                "insert into client (id, name, token_endpoint_auth_method, secret_hash, sealed_secret,"
                        + " former_secret_hash, former_secret_until, former_sealed_secret, grant_types, scope, audience,"
                        + " access_token_alg, access_token_typ, id_token_alg, access_token_seconds, refresh_idle_seconds,"
                        + " refresh_absolute_seconds, retry_window_seconds, retry_limit) values (?, 'A client',"
                        + " 'client_secret_jwt', 'h', ?, ?, case when ? then now() + interval '1 day' end, ?, '', '', '',"
                        + " 'ES256', 'JWT', 'RS256', 1, 1, 1, 1, 1) returning id",
                id,
                sealed,
                former ? "f" : null,
                former,
                former ? encryption.seal(SECRET, "client_secret/" + id) : null);
    }

    private List<Map<String, Object>> clients() {
        return Database.in(database, "select id, sealed_secret, former_sealed_secret, version from client");
    }

    private List<Map<String, Object>> versions() {
        return Database.in(
                database,
                "select id, xmin::text from client union all select kid, xmin::text from signing_key order by 1");
    }

    private KeyRing ring(KeyEncryption encryption) {
        return KeyRing.of(await(new KeyRepository(pool).read()).keys(), custody(encryption));
    }

    private KeyRotation rotation(KeyEncryption encryption) {
        return new KeyRotation(new KeyRepository(pool), policy, new KeyPreparation(custody(encryption)), trail);
    }

    private Rewrap rewrap(KeyEncryption encryption) {
        return new Rewrap(columns, new SealedColumnRepository(pool), encryption, audit);
    }

    private static KeyCustody custody(KeyEncryption encryption) {
        return new KeyCustody(encryption, new Randomness(), TestHsm.none());
    }

    private static KeyEncryption encryption(byte[] current, byte[]... previous) {
        return new KeyEncryption(new Randomness(), current, List.of(previous));
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(30));
    }
}
