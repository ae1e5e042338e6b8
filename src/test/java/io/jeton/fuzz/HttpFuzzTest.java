package io.jeton.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.protocol.ErrorCode;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever is sent to whichever endpoint: the answer is none of the service's failures, and gives nothing back. */
@ServiceTest
class HttpFuzzTest {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Set<String> CODES =
            Arrays.stream(ErrorCode.values()).map(ErrorCode::value).collect(Collectors.toSet());
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}) ");
    private static final Pattern ANSWER = Pattern.compile("(?=" + STATUS + ")");

    @Test
    void nothingThatIsSentBreaksIt() throws Exception {
        Random random = new Random(SEED);
        ValidRequests requests = new ValidRequests(random);
        MutatedRequest mutated = new MutatedRequest(random);
        TreeMap<String, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            ValidRequests.Request valid = requests.any();
            byte[] request = mutated.of(valid.head(), valid.body());
            int number = i;
            // What is left of a body whose length is wrong is the next request, and has its own answer.
            for (String answer : ANSWER.split(send(request), -1)) {
                String status = answer.isEmpty() ? "closed" : status(answer);
                statuses.merge(status, 1, Integer::sum);
                Supplier<String> what = () -> "seed " + SEED + ", request " + number + "\n"
                        + new String(request, StandardCharsets.ISO_8859_1) + "\n" + answer;
                assertFalse(status.startsWith("5"), what);
                assertGivesNothingBack(answer, what);
            }
        }
        System.out.println("seed " + SEED + ", " + REQUESTS + " requests: " + statuses);
        assertTrue(statuses.containsKey("200") && statuses.containsKey("400"), statuses::toString);
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        assertFalse(device.redeem().isEmpty(), "it serves on");
    }

    /** The whole answer; empty where the connection was closed without one. */
    private static String send(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(request);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer in time to\n" + new String(request, StandardCharsets.ISO_8859_1), e);
        } catch (SocketException e) {
            // It had said all it had to say, and read no further.
            return "";
        }
    }

    /** The HTTP layer gives the protocol's name of a request line back, so an answer may begin with what is odd in it. */
    private static String status(String answer) {
        Matcher status = STATUS.matcher(answer);
        return status.find() ? status.group(1) : "odd name";
    }

    private static void assertGivesNothingBack(String answer, Supplier<String> what) {
        String[] parts = answer.split("\r\n\r\n", 2);
        assertFalse(parts[0].contains(MutatedRequest.INJECTED), what);
        if (parts.length == 2 && parts[0].contains("application/json") && parts[1].startsWith("{\"error\"")) {
            JsonObject error = new JsonObject(parts[1]);
            assertTrue(CODES.contains(error.getString("error")), what);
            assertFalse(parts[1].contains(MutatedRequest.MARKER), what);
            assertEquals(Set.of("error", "error_description"), error.fieldNames(), what);
        }
    }
}
