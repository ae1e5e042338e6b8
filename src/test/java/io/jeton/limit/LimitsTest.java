package io.jeton.limit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.OneReplica;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestOperator;
import io.jeton.test.TestService;
import io.jeton.test.TightLimits;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URL;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@ServiceTest
@TestProfile(TightLimits.class)
@OneReplica("each replica has buckets of its own")
@DisplayName("RFC 6585 §4: too many requests")
class LimitsTest {
    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Test
    void whoAsksForTooManyCodesIsToldWhenToComeAgain() throws Exception {
        String address = "192.0.2.1";
        assertEquals(
                10,
                IntStream.range(0, 10)
                        .filter(i -> code(address).statusCode() == 200)
                        .count());
        long before = codes();
        code(address)
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[12]"))
                .header("Cache-Control", "no-store")
                .body("error", equalTo("temporarily_unavailable"));
        assertEquals(before, codes());
        code("192.0.2.2").then().statusCode(200);
        Eventually.holds(() -> code(address).statusCode() == 200);
    }

    @Test
    void anIpv6NetworkIsOneAddress() {
        for (int i = 0; i < 10; i++) {
            code("2001:db8::" + i).then().statusCode(200);
        }
        code("2001:db8::ffff").then().statusCode(429);
        code("2001:db8:0:1::1").then().statusCode(200);
    }

    @Test
    void aFleetBehindOneAddressIsServedWhateverItsBrokenNeighbourDoes() {
        String address = "192.0.2.3";
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        String token = device.redeem();
        assertTrue(IntStream.range(0, 40).anyMatch(i -> garbage(address).statusCode() == 429));
        for (int i = 0; i < 100; i++) {
            Response refreshed = from(address)
                    .formParams(Map.of(
                            "grant_type", "refresh_token", "client_id", TestClients.DEVICE, "refresh_token", token))
                    .post("/token");
            refreshed.then().statusCode(200);
            token = refreshed.path("refresh_token");
        }
    }

    @Test
    void aServiceThatRunsWildIsSlowedAndAnotherIsNot() {
        Response refused = IntStream.range(0, 300)
                .mapToObj(i -> TestService.token(TestClients.POST_SERVICE))
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow();
        assertTrue(refused.header("Retry-After").matches("[1-9]\\d*"), refused.header("Retry-After"));
        TestDevice.approved(TestClients.DEVICE).redeem();
    }

    @Test
    void whoFailsTooOftenIsNoLongerToldWhy() {
        String address = "192.0.2.4";
        garbage(address).then().statusCode(400).body("error", equalTo("invalid_grant"));
        limited(() -> garbage(address)).then().body("error", equalTo("temporarily_unavailable"));
        garbage("192.0.2.5").then().statusCode(400);
    }

    @Test
    void aDeviceThatWaitsPolitelyIsNotCounted() {
        String address = "192.0.2.6";
        TestDevice device = TestDevice.asking(TestClients.DEVICE);
        for (int i = 0; i < 40; i++) {
            Database.update("update device_authorization set last_poll_at = now() - interval '1 minute'");
            from(address)
                    .formParams(Map.of(
                            "grant_type",
                            TestDevice.GRANT,
                            "client_id",
                            TestClients.DEVICE,
                            "device_code",
                            device.deviceCode()))
                    .post("/token")
                    .then()
                    .statusCode(400)
                    .body("error", equalTo("authorization_pending"));
        }
    }

    @Test
    void aPersonWhoPressesTooOftenReadsAPage() {
        String address = "192.0.2.7";
        Response page = from(address).get("/device");
        String csrf = page.htmlPath().getString("**.find { it.@name == 'csrf' }.@value");
        Response last = page;
        for (int i = 0; i < 6; i++) {
            last = from(address)
                    .cookies(page.cookies())
                    .formParams(Map.of("csrf", csrf, "user_code", "BBBB-BBBB"))
                    .post("/device");
        }
        last.then()
                .statusCode(429)
                .contentType(startsWith("text/html"))
                .header("Retry-After", matchesPattern("[12]"))
                .body(containsString("One moment"));
    }

    @Test
    void anOperatorsToolThatRunsWildIsSlowed() throws Exception {
        String operator = TestOperator.token("jeton:admin:read");
        Response last = TestOperator.bearer(operator).get("/admin/clients");
        for (int i = 0; i < 8 && last.statusCode() == 200; i++) {
            last = TestOperator.bearer(operator).get("/admin/clients");
        }
        last.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("[12]"))
                .header("Cache-Control", "no-store");
        Eventually.holds(
                () -> TestOperator.bearer(operator).get("/admin/clients").statusCode() == 200);
    }

    @Test
    void whoGuessesTokensIsNoLongerToldWhy() {
        Supplier<Response> guess =
                () -> from("192.0.2.9").header("Authorization", "Bearer x").get("/admin/clients");
        guess.get().then().statusCode(401);
        limited(guess).then().contentType("application/problem+json");
    }

    @Test
    void whoGuessesTokensAtUserInfoIsNoLongerToldWhyAndTheOthersBehindHisAddressAreServed() {
        String address = "192.0.2.10";
        Response tokens =
                TestDevice.approved(TestClients.DEVICE, "scope", "openid").poll();
        userinfo(address, "x").then().statusCode(401).header("WWW-Authenticate", startsWith("Bearer"));
        limited(() -> userinfo(address, "x")).then().header("Retry-After", matchesPattern("[12]"));
        userinfo(address, tokens.path("access_token")).then().statusCode(200);
    }

    @Test
    void aFleetWhoseTokensHaveEndedIsToldSoHoweverLargeItIsBehindOneAddress() {
        String address = "192.0.2.11";
        Response tokens =
                TestDevice.approved(TestClients.DEVICE, "scope", "openid").poll();
        from(address)
                .formParams(Map.of("client_id", TestClients.DEVICE, "token", tokens.<String>path("access_token")))
                .post("/revoke")
                .then()
                .statusCode(200);
        for (int i = 0; i < 60; i++) {
            userinfo(address, tokens.path("access_token")).then().statusCode(401);
        }
        userinfo(address, "x").then().statusCode(401);
    }

    /** The first answer once a bucket of twenty is empty; it fills by one a second meanwhile. */
    private static Response limited(Supplier<Response> request) {
        for (int sent = 1; sent < 100; sent++) {
            Response answer = request.get();
            if (answer.statusCode() == 429) {
                assertTrue(sent >= 20, "limited after " + sent);
                return answer;
            }
        }
        throw new AssertionError("not limited");
    }

    private static Response userinfo(String address, String token) {
        return from(address).header("Authorization", "Bearer " + token).get("/userinfo");
    }

    @Test
    void theMetricsSayIt() {
        garbage("192.0.2.8");
        String said = given().get(metrics).asString();
        assertTrue(said.contains("jeton_user_code_guess_probability"), said);
    }

    private static Response code(String address) {
        return from(address).formParam("client_id", TestClients.DEVICE).post("/device_authorization");
    }

    private static Response garbage(String address) {
        return from(address)
                .formParams(Map.of(
                        "grant_type", "refresh_token", "client_id", TestClients.DEVICE, "refresh_token", "jrt_garbage"))
                .post("/token");
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address);
    }

    private static long codes() {
        return (long)
                Database.one("select count(*) as n from device_authorization").get("n");
    }
}
