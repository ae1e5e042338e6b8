package io.jeton.fault;

import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A device that does what {@code src/docs/guides/device.md} says: it keeps one token, and asks again where no answer came. */
final class VirtualDevice {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI endpoint;
    private volatile String stored;

    VirtualDevice(int port, String refreshToken) {
        this.endpoint = URI.create("http://127.0.0.1:" + port + "/token");
        this.stored = refreshToken;
    }

    /** One that a person has approved. */
    static VirtualDevice approved(int port) {
        return new VirtualDevice(
                port,
                TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write")
                        .redeem());
    }

    String stored() {
        return stored;
    }

    /** What came of asking once. */
    enum Answer {
        REFRESHED,
        /** No answer, or one that says to come again. */
        NONE,
        /** {@code invalid_grant}: the device must be approved anew. */
        DEAD
    }

    Answer ask() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(15))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=refresh_token&client_id=" + TestClients.DEVICE + "&refresh_token=" + stored))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return understand(answer.statusCode(), new JsonObject(answer.body()));
        } catch (IOException e) {
            return Answer.NONE;
        }
    }

    private Answer understand(int status, JsonObject body) {
        if (status == 200) {
            stored = body.getString("refresh_token");
            return Answer.REFRESHED;
        } else if (status == 503) {
            return Answer.NONE;
        } else if (status == 400 && body.getString("error").equals("invalid_grant")) {
            return Answer.DEAD;
        }
        throw new AssertionError(status + " " + body);
    }
}
