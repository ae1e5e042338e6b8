package io.jeton.cli;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.PostgresResource;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The command line of the packaged artifact, beside a service that runs and learns of what it does by notifications alone. */
class CommandLineIT {
    private static Artifact artifact;

    @BeforeAll
    static void serve() throws Exception {
        String database = PostgresResource.createDatabase();
        Database.use(database);
        artifact = new Artifact(database).serve();
        RestAssured.port = artifact.port();
    }

    @AfterAll
    static void stop() {
        artifact.close();
    }

    @Test
    void aRotationReachesTheServiceThatRuns() throws Exception {
        assertEquals(1, artifact.run("keys", "rotate", "--alg", "ES256").code(), "verifiers may not know the next key");
        int aged = Database.update("update signing_key set published_at = published_at - interval '2 days'");
        assertTrue(aged > 0);

        Artifact.Ended ended = artifact.run("keys", "rotate", "--alg", "ES256");

        assertEquals(0, ended.code(), ended.complaints());
        String next =
                (String) Database.one("select kid from signing_key where algorithm = 'ES256' and state = 'PENDING'")
                        .get("kid");
        Eventually.holds(() -> artifact.get("/jwks").contains(next));
        Map<String, Object> event = Database.one(
                "select * from audit_event where type = 'key.activated' and actor_kind = 'operator' order by id desc limit 1");
        assertTrue(event.get("actor_id").toString().startsWith("cli:"));
        assertEquals(null, event.get("remote_address"));
    }

    @Test
    void theFirstOperatorsClientGetsATokenOfTheServiceThatRuns() throws Exception {
        Artifact.Ended ended = artifact.run("clients", "add", "first-operator", "--scope", "jeton:admin", "--json");
        assertEquals(0, ended.code(), ended.complaints());
        String secret = ended.json().path("client_secret").asText();

        Eventually.holds(() -> given().auth()
                        .preemptive()
                        .basic("first-operator", secret)
                        .formParams(Map.of("grant_type", "client_credentials", "scope", "jeton:admin"))
                        .post("/token")
                        .statusCode()
                == 200);

        assertFalse(artifact.run("clients", "show", "first-operator").output().contains(secret));
        assertEquals(1, artifact.run("clients", "add", "first-operator").code());
        assertEquals(
                1,
                Database.query(
                                "select 1 from audit_event where client_id = 'first-operator' and reason = 'client.create'")
                        .size());
    }

    @Test
    void aRevokedDeviceRefreshesNoMore() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        String refreshToken = device.redeem();
        String id = device.tokenRow().get("device_id").toString();
        assertTrue(artifact.run("devices", "list", "--owner", TestClients.PERSON)
                .output()
                .contains(id));

        Artifact.Ended ended = artifact.run("devices", "revoke", id, "--reason", "lost");

        assertEquals(0, ended.code(), ended.complaints());
        device.refresh(refreshToken).then().statusCode(400);
        assertEquals("invalid_grant", device.refresh(refreshToken).path("error"));
        Map<String, Object> event = Database.one("select * from audit_event where type = 'device.revoked'");
        assertEquals("lost", event.get("reason"));
        assertEquals(null, event.get("remote_address"));
    }

    @Test
    void aPasswordComesFromStandardInput() throws Exception {
        Artifact.Ended ended = artifact.run(Map.of(), "a sentence nobody guesses\n", "users", "add", "bob");

        assertEquals(0, ended.code(), ended.complaints());
        assertEquals(
                1,
                Database.query("select 1 from account where name = 'bob' and enabled")
                        .size());
        assertEquals(
                1, artifact.run(Map.of(), "short\n", "users", "add", "carol").code());
        assertEquals(
                0, Database.query("select 1 from account where name = 'carol'").size());
    }

    @Test
    void aWrongCommandEndsWithTwoAndSaysNothingOnStandardOutput() throws Exception {
        Artifact.Ended ended = artifact.run("keys", "burn");
        assertEquals(2, ended.code());
        assertEquals("", ended.output());
        assertTrue(ended.complaints().contains("Usage: jeton"), ended.complaints());
    }

    @Test
    void theDoctorIsContentWithAHealthyService() throws Exception {
        Artifact.Ended ended = artifact.run("doctor");
        assertEquals(0, ended.code(), ended.output() + ended.complaints());
        assertFalse(ended.output().contains("fail"), ended.output());
        assertEquals("", ended.complaints());
    }

    @Test
    void theDoctorNamesAnIssuerWhereNothingAnswers() throws Exception {
        assertFailing(Map.of("jeton.issuer", "http://localhost:9"), "issuer");
    }

    @Test
    void theDoctorNamesAnIssuerThatDoesNotSpeakTls() throws Exception {
        assertFailing(Map.of("jeton.issuer", "https://localhost:" + artifact.port()), "tls");
    }

    @Test
    void theDoctorNamesAWrongKeyEncryptionKey() throws Exception {
        String other = Base64.getEncoder()
                .encodeToString("another key of thirty-two bytes!".getBytes(StandardCharsets.US_ASCII));
        assertFailing(Map.of("jeton.keys.encryption-key", other), "encryption key");
    }

    @Test
    void theDoctorNamesADatabaseThatIsAway() throws Exception {
        assertFailing(
                Map.of(
                        "quarkus.datasource.reactive.url", "postgresql://127.0.0.1:9/jeton",
                        "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:9/jeton"),
                "database");
    }

    @Test
    void theDoctorNamesAConfigurationThatNoServiceStartsWith() throws Exception {
        assertFailing(Map.of("jeton.keys.encryption-key", "too short"), "configuration");
    }

    @Test
    void aCommandThatFindsNoDatabaseSaysSo() throws Exception {
        Artifact.Ended ended = artifact.run(
                Map.of("quarkus.datasource.reactive.url", "postgresql://127.0.0.1:9/jeton"), "", "keys", "list");
        assertEquals(1, ended.code());
        assertTrue(ended.complaints().contains("the database cannot be used"), ended.complaints());
        assertFalse(ended.complaints().contains("\tat "), ended.complaints());
    }

    @Test
    void withAnotherServicesKeyEncryptionKeyNothingIsSealed() throws Exception {
        String other = Base64.getEncoder()
                .encodeToString("another key of thirty-two bytes!".getBytes(StandardCharsets.US_ASCII));
        Map<String, String> anothers = Map.of("jeton.keys.encryption-key", other);
        String kid = (String) Database.one("select kid from signing_key where algorithm = 'EdDSA' and state = 'ACTIVE'")
                .get("kid");
        List<Map<String, Object>> before = Database.query("select kid, state from signing_key order by kid");

        for (String command : List.of(
                "keys compromised " + kid,
                "keys rotate",
                "keys rewrap",
                "clients add sealed --auth client_secret_jwt --grant-type client_credentials")) {
            Artifact.Ended ended = artifact.run(anothers, "", command.split(" "));
            assertEquals(1, ended.code(), command);
            assertTrue(ended.complaints().contains("opens no key of this database"), ended.complaints());
        }

        assertEquals(before, Database.query("select kid, state from signing_key order by kid"));
        assertEquals(
                0, Database.query("select 1 from client where id = 'sealed'").size());
    }

    @Test
    void anAnswerThatNobodyGotIsAFailure() throws Exception {
        Artifact.Ended ended = artifact.runInto(Path.of("/dev/full"), "clients", "list");
        assertEquals(1, ended.code(), ended.complaints());
        assertTrue(ended.complaints().contains("could not be written"), ended.complaints());
    }

    @Test
    void theServicesLogFileStaysAsItIs() throws Exception {
        Path log = Files.createTempDirectory(Path.of("target", "cli"), "log").resolve("jeton.log");
        Files.writeString(log, "of the service\n");

        Artifact.Ended ended = artifact.run(
                Map.of(
                        "quarkus.log.file.enabled", "true",
                        "quarkus.log.file.path", log.toAbsolutePath().toString(),
                        "quarkus.log.handler.file.\"own\".enabled", "true",
                        "quarkus.log.handler.file.\"own\".path",
                                log.toAbsolutePath().toString(),
                        "quarkus.log.handlers", "own"),
                "",
                "keys",
                "list");

        assertEquals(0, ended.code(), ended.complaints());
        assertEquals("of the service\n", Files.readString(log));
        try (Stream<Path> files = Files.list(log.getParent())) {
            assertEquals(List.of(log), files.toList());
        }
    }

    @Test
    void noComplaintRepeatsThePasswordOfTheDatabase() throws Exception {
        for (String command : List.of("doctor", "keys list", "migrate")) {
            Artifact.Ended ended = artifact.run(
                    Map.of(
                            "quarkus.datasource.reactive.url", "postgresql://jeton:hunter2@127.0.0.1:9/jeton",
                            "quarkus.datasource.jdbc.url", "jdbc:postgres://127.0.0.1:9/jeton?password=hunter3"),
                    "",
                    command.split(" "));
            assertEquals(1, ended.code(), command);
            assertFalse((ended.output() + ended.complaints()).contains("hunter"), ended.output() + ended.complaints());
        }
    }

    @Test
    void theTrailNamesTheUserOfTheSystemWhateverTheJvmIsTold() throws Exception {
        Artifact.Ended ended = artifact.run(
                Map.of("user.name", "somebody-else"), "", "clients", "add", "told", "--scope", "jeton:admin");
        assertEquals(0, ended.code(), ended.complaints());
        String actor = Database.one("select actor_id from audit_event where client_id = 'told'")
                .get("actor_id")
                .toString();
        assertTrue(
                actor.startsWith("cli:" + Files.getOwner(Path.of("/proc/self")).getName() + "@"), actor);
    }

    private static void assertFailing(Map<String, String> broken, String check) throws Exception {
        Artifact.Ended ended = artifact.run(broken, "", "doctor");
        List<String> failing =
                ended.output().lines().filter(line -> line.startsWith("fail")).toList();
        assertEquals(1, ended.code(), ended.output() + ended.complaints());
        assertTrue(failing.stream().anyMatch(line -> line.startsWith("fail  " + check)), ended.output());
        assertFalse((ended.output() + ended.complaints()).contains("\tat "), "no stack trace");
    }
}
