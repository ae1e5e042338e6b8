package io.jeton.http;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.OneReplica;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
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

    /** Whoever still sends when the connection is closed might not read the answer: only the head is sent. */
    @Test
    @OneReplica("the balancer in between would wait for the body")
    void whatIsTooLargeToBeReadIsRefusedWithOne() throws Exception {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String head = "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000\r\n\r\n";
            Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            List<String> answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .lines()
                    .takeWhile(line -> !line.isEmpty())
                    .toList();
            assertTrue(answer.get(0).startsWith("HTTP/1.1 413"), answer.get(0));
            assertDated(
                    before,
                    answer.stream()
                            .filter(line -> line.regionMatches(true, 0, "Date: ", 0, 6))
                            .map(line -> line.substring(6))
                            .toList());
        }
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
        assertEquals(status, answer.statusCode());
        assertDated(before, answer.headers().getValues("Date"));
    }

    private static void assertDated(Instant before, List<String> dates) {
        Instant after = Instant.now();
        assertEquals(1, dates.size(), dates::toString);
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
