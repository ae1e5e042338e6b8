package io.jeton.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.protocol.ErrorCode;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Mutated requests over raw sockets, and what holds for every answer. */
final class RawHttp {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int WAIT_MILLIS = 50;
    private static final Set<String> CODES =
            Arrays.stream(ErrorCode.values()).map(ErrorCode::value).collect(Collectors.toSet());
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}) ");
    private static final Pattern ANSWER = Pattern.compile("(?=" + STATUS + ")");

    private RawHttp() {}

    /** A request's line and headers without its length, headers that stay as they are, and its body. */
    record Request(String head, String kept, String body) {}

    /**
     * Sends mutations of what is asked for, and fails where an answer is none of the protocol's.
     *
     * @param requests draws the valid ones
     * @return how often each status came
     */
    static Map<String, Integer> send(Function<Random, Supplier<Request>> requests) throws IOException {
        Random random = new Random(SEED);
        Supplier<Request> valid = requests.apply(random);
        MutatedRequest mutated = new MutatedRequest(random);
        Map<String, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            MutatedRequest.Bytes sent = mutated.of(valid.get());
            byte[] request = sent.all();
            int number = i;
            // What is left of a body whose length is wrong is the next request, and has its own answer.
            for (String answer : ANSWER.split(send(sent), -1)) {
                String status = answer.isEmpty() ? "closed" : status(answer);
                statuses.merge(status, 1, Integer::sum);
                Supplier<String> what = () -> "seed " + SEED + ", request " + number + "\n"
                        + new String(request, StandardCharsets.ISO_8859_1) + "\n" + answer;
                assertFalse(status.startsWith("5"), what);
                assertGivesNothingBack(answer, what);
            }
        }
        System.out.println("seed " + SEED + ", " + REQUESTS + " requests: " + statuses);
        return statuses;
    }

    /** The whole answer; empty where the connection was closed without one. */
    private static String send(MutatedRequest.Bytes request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request.all());
            return request.whole() ? answer(socket, PATIENCE_MILLIS) : answerOrEnd(socket);
        } catch (SocketTimeoutException e) {
            throw new AssertionError(
                    "no answer in time to\n" + new String(request.all(), StandardCharsets.ISO_8859_1), e);
        } catch (SocketException e) {
            // It had said all it had to say, and read no further.
            return "";
        }
    }

    /** It may wait for what never comes. Who ends at once what it sends is not answered at all by whatever asks the database first. */
    private static String answerOrEnd(Socket socket) throws IOException {
        try {
            return answer(socket, WAIT_MILLIS);
        } catch (SocketTimeoutException e) {
            socket.shutdownOutput();
            return answer(socket, PATIENCE_MILLIS);
        }
    }

    private static String answer(Socket socket, int patienceMillis) throws IOException {
        socket.setSoTimeout(patienceMillis);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** The HTTP layer gives the protocol's name of a request line back, so an answer may begin with what is odd in it. */
    private static String status(String answer) {
        Matcher status = STATUS.matcher(answer);
        return status.find() ? status.group(1) : "odd name";
    }

    private static void assertGivesNothingBack(String answer, Supplier<String> what) {
        String[] parts = answer.split("\r\n\r\n", 2);
        assertFalse(parts[0].contains(MutatedRequest.INJECTED), what);
        if (parts.length == 2 && parts[0].contains("application/problem+json")) {
            assertFalse(withoutPointers(parts[1]).contains(MutatedRequest.MARKER), what);
        } else if (parts.length == 2 && parts[0].contains("application/json") && parts[1].startsWith("{\"error\"")) {
            JsonObject error = new JsonObject(parts[1]);
            assertTrue(CODES.contains(error.getString("error")), what);
            assertFalse(parts[1].contains(MutatedRequest.MARKER), what);
            assertEquals(Set.of("error", "error_description"), error.fieldNames(), what);
        }
    }

    /** What an operator's body has and should not have is named to the operator, by a pointer. */
    private static String withoutPointers(String problem) {
        JsonObject all = new JsonObject(problem);
        JsonArray errors = all.getJsonArray("errors", new JsonArray());
        errors.forEach(error -> ((JsonObject) error).remove("pointer"));
        return all.encode();
    }
}
