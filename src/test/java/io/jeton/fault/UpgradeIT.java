package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.fault.VirtualDevice.Answer;
import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import io.jeton.test.Replica;
import io.jeton.test.TestClients;
import io.jeton.test.TestFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A roll-out as a Deployment does it: one new replica more, which migrates, then one old one less, while devices refresh. */
class UpgradeIT {
    /** The version before, where somebody has it; otherwise this one, and the next one's schema is made up. */
    private static final Path BEFORE = Path.of(System.getProperty("fault.upgrade.from", Replica.SERVICE.toString()));

    private static final int DEVICES = 40;
    private static final int ASLEEP = Integer.getInteger("fault.upgrade.devices", 20_000);
    private static final int REPLICAS = 2;

    private final List<Replica> started = new ArrayList<>();
    private final List<Replica> serving = new CopyOnWriteArrayList<>();
    private Map<String, String> settings;

    @BeforeEach
    void theVersionBeforeServes() throws Exception {
        String database = PostgresResource.createDatabase();
        Database.use(database);
        settings = new HashMap<>(PostgresResource.settings(database));
        settings.putAll(TestClients.settings());
        // A version refuses what it does not know yet: an upgrade comes before its settings.
        settings.remove("jeton.tokens.expiry-jitter");
        settings.put("quarkus.shutdown.delay", "5S");
        for (int i = 0; i < REPLICAS; i++) {
            join(BEFORE, "before-" + i);
        }
    }

    @AfterEach
    void end() {
        started.forEach(Replica::close);
    }

    @Test
    void aRollOutFailsNoRefreshAndLosesNoDevice() throws Exception {
        TestFleet.of(ASLEEP);
        List<VirtualDevice> devices = Fleet.approved(DEVICES, this::any, TestClients.DEVICE, TestClients.LISTED_DEVICE);
        Map<String, Object> before = holdings();
        String schema = schema();
        List<Replica> old = List.copyOf(serving);
        try (Fleet fleet = Fleet.refreshing(devices, 2)) {
            fleet.awaitEveryDevice();
            if (BEFORE.equals(Replica.SERVICE)) {
                NextSchema.migrate();
            }
            for (Replica leaving : old) {
                join(Replica.SERVICE, "after-" + started.size());
                fleet.awaitEveryDevice();
                leaving.stop();
                fleet.awaitEveryDevice();
                serving.remove(leaving);
                leaving.awaitEnd();
            }
            fleet.awaitEveryDevice();
            fleet.stop();
            assertEquals(0, fleet.unanswered(), "each refresh was answered, and at once");
            Figures.note(
                    "upgrade",
                    "schema %s to %s, %d replicas one after the other: %d refreshes of %d devices, none failed;"
                            + " %d others in the database, none lost",
                    schema,
                    schema(),
                    REPLICAS,
                    fleet.refreshed(),
                    DEVICES,
                    ASLEEP);
        }
        assertEquals(before, holdings());
        assertFalse(schema.equals(schema()), "something was migrated");
        assertTakenBack(devices.get(0));
        for (Replica replica : started) {
            assertEquals(List.of(), errors(replica), replica::name);
        }
    }

    /** But of a job that a stop overtook, which another replica does. */
    private static List<String> errors(Replica replica) throws IOException {
        return replica.log()
                .lines()
                .filter(line -> line.contains(" ERROR ") && !line.contains("[Error Occurred After Shutdown]"))
                .toList();
    }

    /** The version before starts on the new schema, and devices go on. */
    private void assertTakenBack(VirtualDevice device) throws Exception {
        List<Replica> after = List.copyOf(serving);
        join(BEFORE, "back");
        serving.removeAll(after);
        assertEquals(Answer.REFRESHED, device.ask());
        assertEquals(Answer.REFRESHED, device.ask());
    }

    private void join(Path version, String name) throws IOException, InterruptedException {
        Replica replica = Replica.launch(version, name, settings, Map.of());
        started.add(replica);
        replica.awaitReady();
        serving.add(replica);
    }

    private int any() {
        Object[] all = serving.toArray();
        return ((Replica) all[ThreadLocalRandom.current().nextInt(all.length)]).port();
    }

    /** What no upgrade may change; a retry would be an answer that got lost. */
    private static Map<String, Object> holdings() {
        return Database.one("""
                select (select count(*) from device) as devices, (select count(*) from account) as accounts,
                    count(*) as tokens, count(*) filter (where revoked_at is not null) as revoked,
                    sum(retries) as retries, count(distinct device_id) as owners
                from refresh_token""");
    }

    private static String schema() {
        List<Map<String, Object>> versions =
                Database.query("select version from flyway_schema_history where success order by installed_rank desc");
        assertTrue(!versions.isEmpty());
        return String.valueOf(versions.get(0).get("version"));
    }
}
