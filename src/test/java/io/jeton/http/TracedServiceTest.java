package io.jeton.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Eventually;
import io.jeton.test.OneReplica;
import io.jeton.test.RecordedSpans;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.jeton.test.Traced;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

/** What collectors of traces and logs get: enough to follow a request, and nothing that can be presented. */
@ServiceTest
@OneReplica("looks at the spans of the replica that it knows")
@TestProfile(Traced.class)
class TracedServiceTest {
    private static final AtomicInteger ADDRESS = new AtomicInteger();

    @Inject
    RecordedSpans spans;

    @Test
    void noCodeAndNoTokenIsInAnyTrace() throws Exception {
        TestDevice device = TestDevice.asking(TestClients.DEVICE, "scope", "openid telemetry:write");
        given().queryParam("user_code", device.userCode()).get("/device").then().statusCode(200);
        given().queryParam("user_code", device.userCode())
                .get("/device/qr.svg")
                .then()
                .statusCode(200);
        Response answer = device.approve().poll();
        List<String> secrets = List.of(
                device.deviceCode(),
                device.userCode(),
                device.userCode().replace("-", ""),
                answer.path("access_token"),
                answer.path("refresh_token"),
                TestClients.SECRET);
        given().auth()
                .oauth2(answer.path("access_token"))
                .get("/userinfo")
                .then()
                .statusCode(200);
        TestService.token().then().statusCode(200);
        Eventually.holds(() -> told().contains("/userinfo") && told().contains("POST /token"));
        String told = told();
        assertTrue(told.contains("/device/qr.svg"), told);
        for (String secret : secrets) {
            assertFalse(told.contains(secret), "a trace holds a secret");
        }
    }

    @Test
    void whatIsOnlyReadIsNotTraced() throws Exception {
        given().get("/jwks").then().statusCode(200);
        given().get("/.well-known/openid-configuration").then().statusCode(200);
        TestService.token().then().statusCode(200);
        Eventually.holds(() -> told().contains("POST /token"));
        assertFalse(told().contains("/jwks"));
        assertFalse(told().contains("/.well-known"));
    }

    @Test
    void aRequestThatAProxyHasNamedKeepsItsNameInTheLog() {
        assertEquals(Set.of("edge-42"), namesOfAFailedAuthentication("edge-42"));
    }

    @Test
    void aNameThatIsNoneIsReplaced() {
        for (String bad : new String[] {"", "two words", "x".repeat(65), "{\"a\":1}"}) {
            Set<String> names = namesOfAFailedAuthentication(bad);
            assertEquals(1, names.size());
            assertTrue(names.iterator().next().matches("[0-9a-f]{12}-[0-9a-z]+"), names.toString());
        }
    }

    private static Set<String> namesOfAFailedAuthentication(String requestId) {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        Handler listener = listener(names);
        Logger audit = Logger.getLogger("io.jeton.audit");
        audit.addHandler(listener);
        try {
            // An address of its own: what repeats is told once a minute.
            given().header("X-Request-Id", requestId)
                    .header("X-Forwarded-For", "198.51.100." + ADDRESS.incrementAndGet())
                    .formParam("grant_type", "client_credentials")
                    .formParam("client_id", "nobody")
                    .post("/token")
                    .then()
                    .statusCode(401);
        } finally {
            audit.removeHandler(listener);
        }
        return Set.copyOf(names);
    }

    private static Handler listener(List<String> names) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                names.add(String.valueOf(ExtLogRecord.wrap(line).getMdc(RequestId.KEY)));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private String told() {
        StringBuilder told = new StringBuilder();
        spans.ended().forEach(span -> told.append(span.getName())
                .append(' ')
                .append(span.getAttributes())
                .append(span.getEvents())
                .append(span.getStatus())
                .append('\n'));
        return told.toString();
    }
}
