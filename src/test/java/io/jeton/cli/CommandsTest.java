package io.jeton.cli;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.test.Browser;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that take something away or give it back, from their words to what whoever asks the service then sees. */
@ServiceTest
class CommandsTest {
    private static final InputStream STDIN = System.in;

    @Inject
    CommandRun commands;

    @Inject
    ObjectMapper json;

    @BeforeEach
    void nobody() {
        Database.update("delete from guess_budget");
        Database.update("delete from client where id in ('meter', 'pump')");
        Database.update("delete from account where name in ('dora', 'erin')");
    }

    @AfterEach
    void standardInput() {
        System.setIn(STDIN);
    }

    @Test
    void aCompromisedKeyIsPublishedNoMoreAndTheAnswerSaysWhomThatConcerns() throws Exception {
        String compromised = kid("ACTIVE");
        String next = kid("PENDING");

        JsonNode removal = done("keys", "compromised", compromised).path("removal");

        assertTrue(removal.path("clients").toString().contains(TestClients.RSA_DEVICE), removal::toString);
        assertEquals(next, kid("ACTIVE"));
        Eventually.holds(() -> !given().get("/jwks").asString().contains(compromised));
        assertTold("type = 'key.deleted' and subject = ?", compromised);
        assertRefused("keys", "compromised", compromised);
        assertEquals(next, kid("ACTIVE"));
    }

    @Test
    void theDoctorComparesTheIssuersClock() throws Exception {
        PublicSide side = new PublicSide("http://localhost:" + RestAssured.port);
        Duration skew = Duration.ofMinutes(2);
        Clock late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-3));

        Finding same = clockOfTheIssuer(new PublicChecks(side, Clock.systemUTC(), skew));
        Finding other = clockOfTheIssuer(new PublicChecks(side, late, skew));

        assertEquals("ok", same.level(), same::says);
        assertTrue(same.says().startsWith("differs by "), same::says);
        assertTrue(other.failed(), other::says);
    }

    private static Finding clockOfTheIssuer(PublicChecks checks) throws Exception {
        return checks.all().stream()
                .filter(check -> check.name().equals("clock (issuer)"))
                .findFirst()
                .orElseThrow()
                .look()
                .now()
                .get(0);
    }

    @Test
    void theFormerSecretCountsForAsLongAsIsSaid() throws Exception {
        String first = register("meter");
        awaitStatus(200, "meter", first);

        String second = secret(done("clients", "secret", "meter"));
        awaitStatus(200, "meter", second);
        awaitStatus(200, "meter", first);

        assertRefused("clients", "secret", "meter", "--overlap", "P91D");
        assertRefused("clients", "secret", "meter", "--overlap", "soon");
        String third = secret(done("clients", "secret", "meter", "--overlap", "PT0S"));
        awaitStatus(200, "meter", third);
        awaitStatus(401, "meter", second);
        awaitStatus(401, "meter", first);
        assertEquals(2, told("type = 'client.changed' and reason = 'client.rotate_secret' and client_id = ?", "meter"));
    }

    @Test
    void aDisabledClientGetsNothingUntilItIsEnabled() throws Exception {
        String secret = register("pump");
        awaitStatus(200, "pump", secret);

        done("clients", "disable", "pump");
        awaitStatus(401, "pump", secret);
        assertTold("type = 'client.changed' and reason = 'client.disable' and client_id = ?", "pump");

        done("clients", "enable", "pump");
        awaitStatus(200, "pump", secret);
        assertTold("type = 'client.changed' and reason = 'client.enable' and client_id = ?", "pump");
        assertRefused("clients", "disable", "nobody-knows-it");
    }

    @Test
    void whatTheConfigurationDeclaresIsNotChangedByCommand() throws Exception {
        assertRefused("clients", "disable", TestClients.DEVICE);
        assertRefused("users", "disable", TestClients.PERSON);

        assertEquals(
                true,
                Database.one("select enabled from client where id = ?", TestClients.DEVICE)
                        .get("enabled"));
        assertEquals(
                true,
                Database.one("select enabled from account where name = ?", TestClients.PERSON)
                        .get("enabled"));
    }

    @Test
    void aSuspendedDeviceGetsNothingAndGoesOnWithWhatItHasOnceItIsResumed() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        String refreshToken = device.redeem();
        Map<String, Object> row = device.tokenRow();
        String id = row.get("device_id").toString();

        done("devices", "suspend", id, "--reason", "at the workshop");
        assertEquals("access_denied", device.refresh(refreshToken).path("error"));
        assertEquals(row, device.tokenRow());
        assertTold("type = 'device.suspended' and reason = 'at the workshop' and device_id = ?::uuid", id);
        assertRefused("devices", "suspend", id);

        done("devices", "resume", id);
        device.refresh(refreshToken).then().statusCode(200);
        assertTold("type = 'device.resumed' and device_id = ?::uuid", id);
        assertRefused("devices", "resume", "no-uuid");
    }

    @Test
    void whatADeviceSaysOfItselfIsShownAndNotObeyed() throws Exception {
        String named = "Kettle\u202Egnp.\u2028ok";
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        device.redeem();
        String id = device.tokenRow().get("device_id").toString();
        Database.update("update device set name = ? where id = ?::uuid", named, id);

        String shown = run("devices", "show", id).text();
        assertTrue(shown.contains("Kettle\\u202egnp.\\u2028ok"), shown);
        assertEquals(named, done("devices", "show", id).path("name").asText());
    }

    @Test
    void aNewPasswordTakesTheFormerOnesPlaceAndEndsItsSessions() {
        type(Browser.PASSWORD);
        done("users", "add", "dora");
        Browser browser = Browser.signedIn("dora");

        type("short");
        assertRefused("users", "password", "dora");
        Browser.signedIn("dora");

        type("another sentence");
        done("users", "password", "dora");
        assertEquals(303, signIn("dora", "another sentence"));
        assertNotEquals(303, signIn("dora", Browser.PASSWORD));
        assertTrue(browser.get("/device").asString().contains("name=\"password\""), "the former session is over");
        assertTold("reason = 'account.set_password' and account_id = ?::uuid", account("dora"));
        assertRefused("users", "password", "nobody-knows-her");
    }

    @Test
    void aDisabledPersonDoesNotSignInUntilSheIsEnabled() {
        type(Browser.PASSWORD);
        done("users", "add", "erin");
        Browser.signedIn("erin");

        done("users", "disable", "erin");
        assertNotEquals(303, signIn("erin", Browser.PASSWORD));
        assertTold("reason = 'account.disable' and account_id = ?::uuid", account("erin"));

        done("users", "enable", "erin");
        Browser.signedIn("erin");
        assertTold("reason = 'account.enable' and account_id = ?::uuid", account("erin"));
    }

    /** A client that authenticates itself; its secret. */
    private String register(String id) {
        return secret(
                done("clients", "add", id, "--auth", "client_secret_basic", "--grant-type", "client_credentials"));
    }

    private JsonNode done(String... words) {
        Answer answer = run(words);
        assertEquals(ExitCode.DONE, answer.exitCode(), answer::text);
        return json.valueToTree(answer.document());
    }

    private void assertRefused(String... words) {
        Answer answer = run(words);
        assertEquals(ExitCode.FAILED, answer.exitCode(), answer::text);
        assertTrue(answer.text().startsWith("Refused: "), answer::text);
    }

    private Answer run(String... words) {
        return commands.answer(((Grammar.Understood) Grammar.read(words)).order());
    }

    private static void type(String password) {
        System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** What a command did, once: by whom, and from no address. */
    private static void assertTold(String condition, Object parameter) {
        assertEquals(1, told(condition, parameter));
    }

    private static int told(String condition, Object parameter) {
        List<Map<String, Object>> events =
                Database.query("select * from audit_event where actor_kind = 'operator' and " + condition, parameter);
        for (Map<String, Object> event : events) {
            assertTrue(event.get("actor_id").toString().startsWith("cli:"), event::toString);
            assertNull(event.get("remote_address"));
        }
        return events.size();
    }

    private static String kid(String state) {
        return Database.one("select kid from signing_key where algorithm = 'RS256' and state = ?", state)
                .get("kid")
                .toString();
    }

    private static String account(String name) {
        return Database.one("select id from account where name = ?", name)
                .get("id")
                .toString();
    }

    private static String secret(JsonNode client) {
        return client.path("client_secret").asText();
    }

    private static int status(String client, String secret) {
        return given().auth()
                .preemptive()
                .basic(client, secret)
                .formParam("grant_type", "client_credentials")
                .post("/token")
                .statusCode();
    }

    private static void awaitStatus(int status, String client, String secret) throws Exception {
        Eventually.holds(() -> status(client, secret) == status);
    }

    private static int signIn(String name, String password) {
        Browser browser = Browser.at("127.0.0.1");
        browser.get("/device");
        return browser.signIn(name, password).statusCode();
    }
}
