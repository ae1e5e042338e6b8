package io.jeton.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jeton.test.OneReplica;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.restassured.response.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@ServiceTest
@DisplayName("RFC 9110 §6.6.1 Date")
class DateHeaderTest {
    @Test
    void tokensAndRefusalsHaveOne() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        assertDated(200, () -> device.refresh(device.redeem()));
        assertDated(200, TestService::token);
        assertDated(400, () -> device.refresh("jrt_forged"));
        assertDated(401, () -> TestService.token("nobody"));
        assertDated(405, () -> given().get("/token"));
        assertDated(401, () -> given().get("/admin/clients"));
    }

    @Test
    void whatIsServedPastTheFrameworkHasOne() {
        for (String path :
                List.of("/jwks", "/.well-known/openid-configuration", "/statuslists/0", "/admin/openapi.json")) {
            String tag = given().get(path).header("ETag");
            assertDated(200, () -> given().get(path));
            assertDated(200, () -> given().head(path));
            assertDated(304, () -> given().header("If-None-Match", tag).get(path));
        }
        assertDated(405, () -> given().post("/jwks"));
    }

    @Test
    void pagesAndWhatBelongsToThemHaveOne() {
        for (String path : List.of("/", "/device", "/devices", "/assets/jeton.css")) {
            assertDated(200, () -> given().get(path));
        }
        assertDated(404, () -> given().get("/nowhere"));
    }

    @Test
    @OneReplica("whoever refuses before all is read hangs up, and the balancer in between loses the answer")
    void whatIsTooLargeToBeReadIsRefusedWithOne() {
        assertDated(413, () -> TestDevice.post("/token", Map.of("x", "x".repeat(300_000))));
    }

    @Test
    void aNewSecondIsRenderedAnewAndADayHasTwoDigits() {
        MovingClock clock = new MovingClock(Instant.parse("2026-02-01T08:09:10.999Z"));
        DateHeader header = new DateHeader(clock);
        CharSequence first = header.now();
        assertEquals("Sun, 01 Feb 2026 08:09:10 GMT", first.toString());
        assertSame(first, header.now());
        clock.now = clock.now.plusMillis(1);
        assertEquals("Sun, 01 Feb 2026 08:09:11 GMT", header.now().toString());
        clock.now = clock.now.minusSeconds(60);
        assertEquals("Sun, 01 Feb 2026 08:08:11 GMT", header.now().toString());
    }

    private interface Asking {
        Response ask();
    }

    /** Exactly one, from between the question and the answer. */
    private static void assertDated(int status, Asking asking) {
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Response answer = asking.ask();
        Instant after = Instant.now();
        assertEquals(status, answer.statusCode());
        List<String> dates = answer.headers().getValues("Date");
        assertEquals(1, dates.size(), () -> status + ": " + dates);
        Instant date = ZonedDateTime.parse(dates.get(0), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        assertFalse(date.isBefore(before) || date.isAfter(after), () -> before + " " + date + " " + after);
    }

    private static final class MovingClock extends Clock {
        private Instant now;

        MovingClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
