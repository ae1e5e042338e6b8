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
import java.util.Base64;
import java.util.List;
import java.util.Map;
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

    private static void assertFailing(Map<String, String> broken, String check) throws Exception {
        Artifact.Ended ended = artifact.run(broken, "", "doctor");
        List<String> failing =
                ended.output().lines().filter(line -> line.startsWith("fail")).toList();
        assertEquals(1, ended.code(), ended.output() + ended.complaints());
        assertTrue(failing.stream().anyMatch(line -> line.startsWith("fail  " + check)), ended.output());
        assertFalse((ended.output() + ended.complaints()).contains("\tat "), "no stack trace");
    }
}
