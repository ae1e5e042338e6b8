package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.bearer;
import static io.jeton.test.TestOperator.reader;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestOperator;
import io.restassured.path.json.JsonPath;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@ServiceTest
@DisplayName("/admin/tokens: one access token, by its jti")
class TokensApiTest {
    private static final String TOKENS = "/admin/tokens/";

    @Test
    void itAloneIsTakenBackAndItsDeviceGoesOn() {
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        var answer = device.poll();
        String token = answer.path("access_token");
        String jti = jti(token);
        assertEquals(true, active(token));
        reader().get(TOKENS + jti).then().statusCode(404);

        admin().contentType("application/json")
                .body("{\"reason\": \"in a log\"}")
                .post(TOKENS + jti + "/revoke")
                .then()
                .statusCode(200)
                .body("jti", equalTo(jti));

        assertEquals(false, active(token));
        reader().get(TOKENS + jti).then().statusCode(200).body("jti", equalTo(jti));
        var refreshed = device.refresh(answer.path("refresh_token"));
        refreshed.then().statusCode(200);
        assertEquals(true, active(refreshed.path("access_token")));
        Map<String, Object> event = onRecord(jti);
        assertEquals("in a log", event.get("reason"));
        assertEquals(TestClients.OPERATOR, event.get("actor_id"));
    }

    @Test
    void twiceIsAsGoodAsOnce() {
        String jti = "AAAAAAAAAAAAAAAAAAAAAA";
        for (int i = 0; i < 2; i++) {
            admin().post(TOKENS + jti + "/revoke").then().statusCode(200);
        }
        assertEquals(
                1,
                Database.query("select 1 from revoked_token where jti = ?", jti).size());
        onRecord(jti);
    }

    @Test
    void whatCannotBePutOnRecordIsNotDoneAndMayBeTriedAgain() {
        String jti = "CCCCCCCCCCCCCCCCCCCCCC";
        Database.whileFull("audit_event", "new.subject = '" + jti + "'", () -> {
            admin().post(TOKENS + jti + "/revoke")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", matchesPattern("[3-7]"))
                    .contentType("application/problem+json");
            reader().get(TOKENS + jti).then().statusCode(404);
        });

        admin().post(TOKENS + jti + "/revoke").then().statusCode(200);
        onRecord(jti);
    }

    /** The only event, which is there as soon as the answer is. */
    private static Map<String, Object> onRecord(String jti) {
        return Database.one(
                "select reason, actor_id from audit_event where type = 'access_token.revoked' and subject = ?", jti);
    }

    @Test
    void anOperatorsOwnTokenCanBeTakenBack() {
        String token = TestOperator.token("jeton:admin");
        bearer(token).post(TOKENS + jti(token) + "/revoke").then().statusCode(200);
        bearer(token).get(TOKENS + jti(token)).then().statusCode(401);
    }

    @Test
    void whatIsNoJtiIsAProblemAndRemembersNothing() {
        long before = count();
        for (String wrong :
                List.of("x", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAA%00AAAAAAAAAAA")) {
            reader().urlEncodingEnabled(false)
                    .get(TOKENS + wrong)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
            admin().urlEncodingEnabled(false)
                    .post(TOKENS + wrong + "/revoke")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
        admin().contentType("application/json")
                .body("{\"reason\": 1}")
                .post(TOKENS + "BBBBBBBBBBBBBBBBBBBBBB/revoke")
                .then()
                .statusCode(422);
        reader().post(TOKENS + "BBBBBBBBBBBBBBBBBBBBBB/revoke").then().statusCode(403);
        assertEquals(before, count());
    }

    private static long count() {
        return (long) Database.one("select count(*) from revoked_token").get("count");
    }

    private static boolean active(String token) {
        return given().auth()
                .preemptive()
                .basic(TestClients.SERVICE, URLEncoder.encode(TestClients.SECRET, StandardCharsets.UTF_8))
                .formParam("token", token)
                .post("/introspect")
                .then()
                .statusCode(200)
                .extract()
                .path("active");
    }

    private static String jti(String token) {
        return JsonPath.from(
                        new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8))
                .getString("jti");
    }
}
