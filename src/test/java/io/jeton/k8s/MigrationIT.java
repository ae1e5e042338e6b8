package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.demo.EmbeddedPostgres;
import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What the upgrade guide says of migrations while other replicas serve. */
class MigrationIT {
    private static final String VERSIONS =
            "select version from flyway_schema_history where success order by installed_rank";

    @Test
    void aMigrationThatWouldHoldUpEveryRequestGivesUpAndTheNextStartMigrates() throws Exception {
        String database = schema("6");
        try (Connection other = PostgresResource.server().connect(database);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeQuery("select id from client");
            try (Pod pod = start(database)) {
                assertTrue(pod.process().waitFor(90, TimeUnit.SECONDS), "it does not wait for ever");
                assertNotEquals(0, pod.process().exitValue());
                assertTrue(pod.log().contains("lock timeout"), pod::log);
            }
            other.rollback();
        }
        assertEquals(5, Database.query(VERSIONS).size(), "rolled back, whole");
        try (Pod pod = start(database)) {
            pod.awaitReady();
        }
        assertTrue(Database.query(VERSIONS).size() > 5);
    }

    @Test
    void replicasThatStartAtOnceMigrateOnce() throws Exception {
        String database = schema("6");
        try (Pod one = start(database);
                Pod two = start(database)) {
            one.awaitReady();
            two.awaitReady();
        }
        List<Map<String, Object>> versions = Database.query(VERSIONS);
        assertEquals(versions.stream().distinct().toList(), versions);
    }

    @Test
    void aVersionStartsOnTheSchemaOfTheNextOne() throws Exception {
        String database = schema("latest");
        int rows = Database.update("""
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
                    installed_by, execution_time, success)
                values (1000, '1000', 'next', 'SQL', 'V1000__next.sql', 1, 'next', 1, true)""");
        assertEquals(1, rows);
        try (Pod pod = start(database)) {
            pod.awaitReady();
        }
    }

    /** A database that was migrated up to there. */
    private static String schema(String version) {
        String database = PostgresResource.createDatabase();
        Database.use(database);
        EmbeddedPostgres server = PostgresResource.server();
        Flyway.configure()
                .dataSource(server.jdbcUrl(database), server.user(), server.password())
                .target(version)
                .load()
                .migrate();
        return database;
    }

    private static Pod start(String database) throws IOException {
        return new Pod()
                .write("config/issuer.properties", "jeton.issuer=https://tokens.example.com")
                .start(
                        Secrets.of(),
                        Map.of(
                                "quarkus.datasource.reactive.url",
                                PostgresResource.server().reactiveUrl(database)));
    }
}
