package io.jeton.fault;

import io.jeton.test.TestClients;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.function.IntSupplier;

/** A device that does what {@code src/docs/guides/device.md} says: it keeps one token, and asks again where no answer came. */
final class VirtualDevice {
    private final IntSupplier service;
    private final String clientId;
    private volatile String stored;
    private volatile String accessToken = "";

    VirtualDevice(int port, String refreshToken) {
        this(() -> port, refreshToken);
    }

    /** @param service the port of whichever replica the next request goes to */
    VirtualDevice(IntSupplier service, String refreshToken) {
        this(service, TestClients.DEVICE, refreshToken);
    }

    VirtualDevice(IntSupplier service, String clientId, String refreshToken) {
        this.service = service;
        this.clientId = clientId;
        this.stored = refreshToken;
    }

    String stored() {
        return stored;
    }

    /** The last one it was given; empty before the first. */
    String accessToken() {
        return accessToken;
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
        try {
            return understand(Wire.post(service.getAsInt(), "/token", form()));
        } catch (IOException e) {
            return Answer.NONE;
        }
    }

    String form() {
        return "grant_type=refresh_token&client_id=" + clientId + "&refresh_token=" + stored;
    }

    Answer understand(HttpResponse<String> answer) {
        int status = answer.statusCode();
        JsonObject body = new JsonObject(answer.body());
        if (status == 200) {
            stored = body.getString("refresh_token");
            accessToken = body.getString("access_token");
            return Answer.REFRESHED;
        } else if (status == 503 && answer.headers().firstValue("Retry-After").isPresent()) {
            return Answer.NONE;
        } else if (status == 400 && body.getString("error").equals("invalid_grant")) {
            return Answer.DEAD;
        }
        throw new AssertionError(status + " " + body);
    }
}
