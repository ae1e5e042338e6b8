package io.jeton.device;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jeton.test.Browser;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.jeton.test.TestOperator;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody but an administrator lets a program into the admin API. */
@ServiceTest
class AdministratorApprovalTest {
    private static final String CLIENT = "kettle";
    private static final String TOOL = "tool-without-refresh";
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    /** RFC 7636 Appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final List<String> ADMIN_SCOPES = List.of("jeton:admin", "jeton:admin:read");

    private Object scope;

    @BeforeEach
    void aClientThatMayAskForIt() throws Exception {
        Database.update("delete from guess_budget");
        scope = Database.one("select scope from client where id = ?", CLIENT).get("scope");
        Database.update("update client set scope = scope || ' jeton:admin jeton:admin:read' where id = ?", CLIENT);
        Eventually.holds(
                () -> TestDevice.post("/device_authorization", Map.of("client_id", CLIENT, "scope", "jeton:admin"))
                                .statusCode()
                        == 200);
        Database.update("update account set roles = 'admin' where name = 'dot'");
    }

    @AfterEach
    void theClientAsItWas() {
        Database.update("update client set scope = ? where id = ?", scope, CLIENT);
        Database.update("update client set answers_for = '' where id = ?", TestClients.POST_SERVICE);
        Database.update("update account set roles = '' where name = 'dot'");
    }

    @Test
    void aPersonWithoutTheRoleIsToldSoAndCannotApprove() {
        for (String asked : ADMIN_SCOPES) {
            TestDevice device = TestDevice.asking(CLIENT, "scope", "telemetry:write " + asked);
            Browser browser = Browser.signedIn("cyd");
            browser.enter(device.userCode())
                    .then()
                    .statusCode(200)
                    .body(
                            containsString("only an administrator may approve"),
                            not(containsString("value=\"approve\"")));

            browser.decide("approve").then().statusCode(403).body(containsString("An administrator must approve this"));

            assertEquals("PENDING", device.row().get("state"));
            assertNull(device.row().get("account_id"));
            device.poll().then().statusCode(400).body(containsString("authorization_pending"));
        }
    }

    @Test
    void anybodyMayDeny() {
        TestDevice device = TestDevice.asking(CLIENT, "scope", "jeton:admin");
        Browser browser = Browser.signedIn("cyd");
        browser.enter(device.userCode());
        browser.decide("deny").then().statusCode(200).body(containsString("Denied"));
        assertEquals("DENIED", device.row().get("state"));
    }

    @Test
    void anAdministratorApproves() {
        for (String asked : ADMIN_SCOPES) {
            TestDevice device = TestDevice.asking(CLIENT, "scope", asked);
            Browser browser = Browser.signedIn("dot");
            browser.enter(device.userCode()).then().body(containsString("value=\"approve\""));
            browser.decide("approve").then().statusCode(200).body(containsString("Approved"));
            assertEquals("APPROVED", device.row().get("state"));
        }
    }

    @Test
    void otherRequestsAreForEverybody() {
        TestDevice device = TestDevice.asking(CLIENT, "scope", "telemetry:write");
        Browser browser = Browser.signedIn("cyd");
        browser.enter(device.userCode()).then().body(not(containsString("administrator")));
        browser.decide("approve").then().statusCode(200);
        assertEquals("APPROVED", device.row().get("state"));
    }

    @Test
    void withTheRoleGoesWhatWasApprovedForIt() {
        TestDevice waiting = approvedBy("dot", "jeton:admin");
        Object code = waiting.id();
        TestDevice tool = approvedBy("dot", "jeton:admin:read");
        String refreshToken = tool.redeem();
        TestDevice other = approvedBy("dot", "telemetry:write");
        String harmless = other.redeem();

        Database.update("update account set roles = 'auditor' where name = 'dot'");

        assertEquals(
                "DENIED",
                Database.one("select state from device_authorization where id = ?", code)
                        .get("state"));
        waiting.poll().then().statusCode(400).body(containsString("access_denied"));
        tool.refresh(refreshToken).then().statusCode(400).body(containsString("invalid_grant"));
        other.refresh(harmless).then().statusCode(200);
        List<Map<String, Object>> revoked = Database.query(
                "select s.status from refresh_token t join token_status s on s.status_index = t.status_index"
                        + " where t.revocation_reason = 'no administrator'");
        assertNotEquals(List.of(), revoked);
    }

    /** The role goes while a transaction has consumed the code and not yet ended: neither must overlook the other. */
    @Test
    void withTheRoleGoesWhatIsRedeemedAtThatInstant() throws Exception {
        String serial = "S-" + UUID.randomUUID();
        approvedBy("dot", "telemetry:write", "device_serial", serial).redeem();
        TestDevice tool = approvedBy("dot", "jeton:admin", "device_serial", serial);
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both =
                    Database.whileLocked("select from device where serial = '" + serial + "' for update", () -> {
                        Future<Response> redemption = others.submit(() -> tool.poll());
                        Eventually.holds(() -> waiting() == 1);
                        Future<?> dismissal = others.submit(
                                () -> Database.update("update account set roles = '' where name = 'dot'"));
                        Eventually.holds(() -> waiting() == 2);
                        return List.of(redemption, dismissal);
                    });
            Response tokens = (Response) both.get(0).get();
            both.get(1).get();
            tokens.then().statusCode(200);
            tool.refresh(tokens.path("refresh_token")).then().statusCode(400).body(containsString("invalid_grant"));
            assertEquals("no administrator", tool.tokenRow().get("revocation_reason"));
        } finally {
            others.shutdownNow();
        }
    }

    /** Where there is no refresh token to revoke, the access token itself must lose what its person lost. */
    @Test
    void withTheRoleGoesAnAccessTokenThatNothingRenews() throws Exception {
        toolWithoutRefreshTokens();
        TestDevice tool =
                approvedAs(TOOL, "dot", "jeton:admin", "code_challenge", CHALLENGE, "code_challenge_method", "S256");
        String token = tool.poll("code_verifier", VERIFIER).path("access_token");
        String harmless = approvedAs(TOOL, "dot", "telemetry:write").poll().path("access_token");
        administers(token);
        Database.update("update client set answers_for = ? where id = ?", issuer(), TestClients.POST_SERVICE);
        Eventually.holds(() -> introspect(token).path("active"));

        Database.update("update account set roles = 'auditor' where name = 'dot'");

        administersNothing(token);
        introspect(token).then().statusCode(200).body("active", equalTo(false));
        introspect(harmless).then().statusCode(200).body("active", equalTo(true));
        Response again = tool.poll("code_verifier", VERIFIER);
        again.then().statusCode(200);
        administersNothing(again.path("access_token"));
    }

    @Test
    void withTheRoleGoesWhatItsDeviceSignsForItself() throws Exception {
        toolWithoutRefreshTokens();
        TestKey key = TestKey.es256();
        String serial = enrolled(key, dot());
        String token = signedFor(key, serial);
        administers(token);

        Database.update("update account set roles = '' where name = 'dot'");

        administersNothing(token);
        administersNothing(signedFor(key, serial));
    }

    @Test
    void whatBelongsToNobodyLosesNothing() throws Exception {
        toolWithoutRefreshTokens();
        TestKey key = TestKey.es256();
        administers(signedFor(key, enrolled(key, null)));
    }

    private static void toolWithoutRefreshTokens() throws Exception {
        Database.update("""
                insert into client (id, name, token_endpoint_auth_method, grant_types, scope, audience, access_token_alg,
                    access_token_typ, id_token_alg, access_token_seconds, refresh_idle_seconds, refresh_absolute_seconds,
                    retry_window_seconds, retry_limit)
                values (?, 'Tool', 'none', ?, 'telemetry:write jeton:admin', ?, 'ES256', 'at+jwt', 'ES256', 600, 3600, 3600,
                    600, 10)
                on conflict do nothing""", TOOL, TestDevice.GRANT + " " + JWT_BEARER, issuer());
        Eventually.holds(() -> TestDevice.post("/device_authorization", Map.of("client_id", TOOL))
                        .statusCode()
                == 200);
    }

    private static UUID dot() {
        return (UUID) Database.one("select id from account where name = 'dot'").get("id");
    }

    private static String enrolled(TestKey key, @Nullable UUID owner) {
        String serial = "S-" + UUID.randomUUID();
        Database.update(
                "insert into device (id, account_id, client_id, serial, first_seen_from, public_jwk, key_thumbprint)"
                        + " values (gen_random_uuid(), ?, ?, ?, 'import', ?, ?)",
                owner,
                TOOL,
                serial,
                key.publicJson(),
                key.thumbprint());
        return serial;
    }

    private static String signedFor(TestKey key, String serial) {
        Response tokens = TestDevice.post(
                "/token",
                Map.of(
                        "grant_type",
                        JWT_BEARER,
                        "client_id",
                        TOOL,
                        "scope",
                        "jeton:admin",
                        "assertion",
                        key.assertion(serial, issuer())));
        tokens.then().statusCode(200).body("scope", equalTo("jeton:admin"));
        return tokens.path("access_token");
    }

    private static void administers(String token) {
        TestOperator.bearer(token).get("/admin/clients").then().statusCode(200);
    }

    private static void administersNothing(String token) {
        TestOperator.bearer(token)
                .get("/admin/clients")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
    }

    private static Response introspect(String token) {
        return TestDevice.post(
                "/introspect",
                Map.of("client_id", TestClients.POST_SERVICE, "client_secret", TestClients.SECRET, "token", token));
    }

    private static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }

    private static long waiting() {
        return (long) Database.one("select count(*) from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'")
                .get("count");
    }

    private static TestDevice approvedBy(String person, String scope, String... said) {
        return approvedAs(CLIENT, person, scope, said);
    }

    private static TestDevice approvedAs(String client, String person, String scope, String... said) {
        String[] asked =
                Stream.concat(Stream.of("scope", scope), Stream.of(said)).toArray(String[]::new);
        TestDevice device = TestDevice.asking(client, asked);
        Browser browser = Browser.signedIn(person);
        browser.enter(device.userCode());
        browser.decide("approve").then().statusCode(200);
        return device;
    }
}
