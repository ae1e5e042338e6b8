package io.jeton.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.Response;
import java.net.URL;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@ServiceTest
@DisplayName("While PostgreSQL is away")
class DatabaseAwayTest {
    @TestHTTPResource(value = "/health", management = true)
    URL health;

    @Test
    void aDeviceIsToldToComeAgainAndLosesNothing() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "openid telemetry:write");
        String refreshToken = device.redeem();
        TestDevice waiting = TestDevice.asking(TestClients.DEVICE);
        Object before = Database.query("select * from refresh_token");

        assertEquals(200, health("ready"));
        PostgresResource.whileAway(() -> {
            assertEquals(503, health("ready"));
            assertEquals(200, health("group/serving"));
            assertAway(device.refresh(refreshToken));
            assertAway(waiting.poll());
            assertAway(TestDevice.post("/device_authorization", Map.of("client_id", TestClients.DEVICE)));
            // A token that nobody sealed never needed the database.
            device.refresh("jrt_forged").then().statusCode(400).body("error", equalTo("invalid_grant"));
            given().get("/device?user_code=BCDF-GHJK").then().statusCode(200);
            TestService.token().then().statusCode(200);
            given().get("/jwks").then().statusCode(200).body("keys", notNullValue());
            given().get("/.well-known/openid-configuration").then().statusCode(200);
        });

        assertEquals(before, Database.query("select * from refresh_token"));
        untilItAnswers(() -> device.refresh(refreshToken)).then().statusCode(200);
        untilItAnswers(waiting::poll).then().body("error", equalTo("authorization_pending"));
    }

    @Test
    void whoAreTurnedAwayAtOneInstantAreNotToldTheSame() throws Exception {
        PostgresResource.whileAway(() -> {
            Set<String> waits = new HashSet<>();
            for (int device = 0; device < 20; device++) {
                waits.add(TestDevice.post("/device_authorization", Map.of("client_id", TestClients.DEVICE))
                        .header("Retry-After"));
            }
            assertTrue(waits.size() > 1, waits::toString);
        });
    }

    private int health(String which) {
        return given().get(health + "/" + which).statusCode();
    }

    private static void assertAway(Response answer) {
        answer.then()
                .statusCode(503)
                .header("Retry-After", matchesPattern("[3-7]"))
                .header("Cache-Control", containsString("no-store"))
                .body("error", equalTo("temporarily_unavailable"));
    }

    private static Response untilItAnswers(Supplier<Response> request) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Response answer = request.get();
        while (answer.statusCode() == 503 && System.nanoTime() < end) {
            Thread.sleep(100);
            answer = request.get();
        }
        return answer;
    }
}
