package io.jeton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands where no service has ever run. */
class EmptyDatabaseIT {
    private static final String FORMER = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String PRESENT =
            Base64.getEncoder().encodeToString("another key of thirty-two bytes!".getBytes(StandardCharsets.US_ASCII));

    private String database;
    private Artifact artifact;

    @BeforeEach
    void nothing() throws Exception {
        database = PostgresResource.createDatabase();
        artifact = new Artifact(database);
    }

    @Test
    void migrateMakesTheWholeSchemaAndASecondTimeNothing() throws Exception {
        JsonNode migrated = done(Map.of(), "migrate", "--json");

        assertEquals(scripts(), migrated.path("migrations").asInt());
        assertEquals(migrated.path("version").asText(), version());
        JsonNode again = done(Map.of(), "migrate", "--json");
        assertEquals(0, again.path("migrations").asInt());
        assertEquals(migrated.path("version"), again.path("version"));
    }

    @Test
    void withoutASchemaACommandIsNotCarriedOutAndMakesNone() throws Exception {
        Artifact.Ended ended = artifact.run("clients", "add", "first", "--scope", "jeton:admin");

        assertEquals(1, ended.code());
        assertEquals("", ended.output());
        assertEquals(
                0,
                Database.in(database, "select 1 from pg_tables where schemaname = 'public'")
                        .size());
    }

    @Test
    void whatTheConfigurationDoesToASchemaAtAStartACommandDoesNot() throws Exception {
        done(Map.of(), "migrate");

        done(Map.of("quarkus.flyway.clean-at-start", "true"), "clients", "list");

        assertEquals(0, done(Map.of(), "migrate", "--json").path("migrations").asInt());
    }

    @Test
    void rewrapSealsAnewWhatAFormerKeySealed() throws Exception {
        done(Map.of(), "migrate");
        done(Map.of(), "clients", "add", "signer", "--auth", "client_secret_jwt", "--grant-type", "client_credentials");
        Map<String, String> exchanged =
                Map.of("jeton.keys.encryption-key", PRESENT, "jeton.keys.previous-encryption-keys", FORMER);
        Object before = sealed();

        assertEquals(1, sealedByFormer(done(exchanged, "keys", "rewrap", "--report", "--json")));
        assertEquals(before, sealed());
        JsonNode report = done(exchanged, "keys", "rewrap", "--json");
        assertEquals(0, sealedByFormer(report));
        assertEquals(report.path("key").asText(), sealed());
    }

    /** The id of the key that sealed the client's secret. */
    private Object sealed() {
        return Database.in(database, "select encode(substring(sealed_secret from 2 for 4), 'hex') as key from client")
                .get(0)
                .get("key");
    }

    private static long sealedByFormer(JsonNode report) {
        JsonNode counts = report.path("values").path("client.sealed_secret");
        long all = 0;
        for (JsonNode count : counts) {
            all += count.asLong();
        }
        assertEquals(1, all, report::toString);
        return all - counts.path(report.path("key").asText()).asLong();
    }

    /** How many migrations there are; numbers may be missing. */
    private static int scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", "db", "migration"))) {
            return (int) files.count();
        }
    }

    private String version() {
        return Database.in(database, "select max(version::int)::text as version from flyway_schema_history")
                .get(0)
                .get("version")
                .toString();
    }

    private JsonNode done(Map<String, String> others, String... command) throws Exception {
        Artifact.Ended ended = artifact.run(others, "", command);
        assertEquals(0, ended.code(), () -> ended.output() + ended.complaints());
        return command[command.length - 1].equals("--json") ? ended.json() : null;
    }
}
