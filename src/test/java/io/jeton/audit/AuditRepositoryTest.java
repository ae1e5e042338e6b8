package io.jeton.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import io.jeton.test.ServiceTest;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@ServiceTest
class AuditRepositoryTest {
    @Inject
    AuditRepository repository;

    @Test
    void theNewestComesFirstPageByPageAndOnlyWhatIsAskedFor() throws Throwable {
        UUID device = UUID.randomUUID();
        UUID account = UUID.randomUUID();
        AuditEvent event = AuditEvent.success(EventType.DEVICE_SUSPENDED)
                .withActor(Actor.operator("root"))
                .withClient("reader")
                .withDevice(device)
                .withAccount(account)
                .withFrom("192.0.2.7")
                .withReason("lost");
        for (int i = 0; i < 5; i++) {
            insert(event.withSubject("" + i), Duration.ofHours(5 - i));
        }
        insert(event.withDevice(UUID.randomUUID()), Duration.ZERO);
        insert(AuditEvent.success(EventType.DEVICE_RESUMED).withClient("reader"), Duration.ZERO);

        List<AuditEntry> page = find(AuditQuery.newest(2).ofDevice(device));
        assertEquals(List.of("4", "3"), page.stream().map(AuditEntry::subject).toList());
        page = find(AuditQuery.newest(10).ofDevice(device).before(page.get(1).id()));
        assertEquals(
                List.of("2", "1", "0"), page.stream().map(AuditEntry::subject).toList());

        AuditEntry entry = page.get(0);
        assertEquals("device.suspended", entry.type());
        assertEquals("success", entry.outcome());
        assertEquals("operator", entry.actorKind());
        assertEquals("root", entry.actorId());
        assertEquals("reader", entry.client());
        assertEquals(device, entry.device());
        assertEquals(account, entry.account());
        assertEquals("192.0.2.7", entry.from());
        assertEquals("lost", entry.reason());
        assertEquals(1, entry.occurrences());
        Duration age = Duration.between(entry.at(), Instant.now());
        assertTrue(age.minusHours(3).abs().compareTo(Duration.ofMinutes(5)) < 0, "dated by when it happened: " + age);

        assertEquals(7, find(AuditQuery.newest(10).ofClient("reader")).size());
        assertEquals(6, find(AuditQuery.newest(10).ofAccount(account)).size());
        assertEquals(
                6,
                find(AuditQuery.newest(10).ofClient("reader").ofType("device.suspended"))
                        .size());
        Instant since = Instant.now().minus(210, ChronoUnit.MINUTES);
        assertEquals(
                List.of("4", "3", "2"),
                find(AuditQuery.newest(10).ofDevice(device).since(since)).stream()
                        .map(AuditEntry::subject)
                        .toList());
        assertEquals(
                List.of("1", "0"),
                find(AuditQuery.newest(10).ofDevice(device).until(since)).stream()
                        .map(AuditEntry::subject)
                        .toList());
    }

    @Test
    void nothingIsChangedOrDeletedByHand() throws Throwable {
        insert(AuditEvent.success(EventType.SIGN_OUT).withClient("append"), Duration.ofDays(500));
        for (String sql : List.of(
                "update audit_event set reason = 'forged' where client_id = 'append'",
                "update audit_event set occurrences = occurrences + 1",
                "delete from audit_event where client_id = 'append'",
                "truncate audit_event")) {
            IllegalStateException refused = assertThrows(IllegalStateException.class, () -> Database.update(sql));
            assertTrue(refused.getMessage().contains("audit_event is append-only"), refused.getMessage());
        }
        assertEquals(1, find(AuditQuery.newest(10).ofClient("append")).size());
    }

    @Test
    void thePurgeDeletesWhatIsOlderThanTheRetentionInBatches() throws Throwable {
        for (int i = 0; i < 3; i++) {
            insert(AuditEvent.success(EventType.SIGN_OUT).withClient("old"), Duration.ofDays(401));
        }
        insert(AuditEvent.success(EventType.SIGN_OUT).withClient("old"), Duration.ofDays(399));
        assertEquals(2, VertxContextSupport.subscribeAndAwait(() -> repository.purge(2)));
        assertTrue(VertxContextSupport.subscribeAndAwait(() -> repository.purge(1000)) >= 1);
        assertEquals(0, VertxContextSupport.subscribeAndAwait(() -> repository.purge(1000)));
        assertEquals(1, find(AuditQuery.newest(10).ofClient("old")).size());
        // What it allowed itself ended with it.
        assertThrows(
                IllegalStateException.class, () -> Database.update("delete from audit_event where client_id = 'old'"));
    }

    @Test
    void nothingYoungerThanADayIsEverDeleted() throws Throwable {
        assertThrows(ConfigurationException.class, () -> AuditRepository.check(Duration.ofHours(23)));
        AuditRepository.check(Duration.ofDays(1));
        insert(AuditEvent.success(EventType.SIGN_OUT).withClient("young"), Duration.ofHours(20));
        assertThrows(
                IllegalStateException.class, () -> Database.query("select purge_audit_event(interval '1 hour', 1000)"));
        assertThrows(
                IllegalStateException.class,
                () -> Database.update("with trick as materialized (select"
                        + " set_config('jeton.audit_retention', '1 second', false)) delete from audit_event using trick"
                        + " where client_id = 'young'"));
        assertEquals(1, find(AuditQuery.newest(10).ofClient("young")).size());
    }

    @Test
    void aServiceWithTheGuidesGrantsReadsWritesAndPurgesAndChangesNothing() throws Throwable {
        insert(AuditEvent.success(EventType.SIGN_OUT).withClient("granted"), Duration.ofDays(500));
        try (Connection owner = PostgresResource.server().connect(Database.name());
                Statement statement = owner.createStatement()) {
            statement.execute(grants());
            statement.execute("set role jeton_service");
            statement.execute(
                    "insert into audit_event (type, outcome, client_id) values ('sign_out', 'success', 'own')");
            statement.executeQuery("select * from audit_event").close();
            for (String sql : List.of(
                    "update audit_event set reason = 'forged'",
                    "delete from audit_event",
                    "truncate audit_event",
                    "alter table audit_event disable trigger all")) {
                assertEquals(
                        "42501",
                        assertThrows(SQLException.class, () -> statement.execute(sql))
                                .getSQLState());
            }
            statement.execute("create temp table audit_event (id bigint, at timestamptz)");
            statement.execute("select purge_audit_event(interval '400 days', 1000)");
            statement.execute("update refresh_token set revoked_at = revoked_at");
        }
        assertEquals(0, find(AuditQuery.newest(10).ofClient("granted")).size());
        assertEquals(1, find(AuditQuery.newest(10).ofClient("own")).size());
    }

    /** The statements of the guide: the block that begins with the role. */
    private static String grants() throws Exception {
        String guide = Files.readString(Path.of("src/docs/guides/operate.md"));
        int start = guide.indexOf("```sql\ncreate role jeton_service") + "```sql\n".length();
        return guide.substring(start, guide.indexOf("```", start));
    }

    private void insert(AuditEvent event, Duration ago) throws Throwable {
        VertxContextSupport.subscribeAndAwait(
                () -> repository.inTransaction(tx -> repository.insert(tx, List.of(new Occurrence(event, ago)))));
    }

    private List<AuditEntry> find(AuditQuery query) throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> repository.find(query));
    }
}
