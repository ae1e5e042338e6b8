package io.jeton.bench.load;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A device's requests: RFC 8628 §3.1 and §3.4, RFC 6749 §6. */
final class Device {
    /** Seconds; RFC 8628 §3.2. */
    private static final int PRESET_INTERVAL = 5;

    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

    private final Target target;
    private final Http http;

    Device(Target target, Http http) {
        this.target = target;
        this.http = http;
    }

    /** What the device got for its request, and shows. */
    record Code(String deviceCode, URI verification, Duration interval) {
        static Code of(JsonObject answer) {
            String complete = Optional.ofNullable(answer.getString("verification_uri_complete"))
                    .orElseThrow(() -> new UnexpectedAnswer("no verification_uri_complete"));
            return new Code(
                    answer.getString("device_code"),
                    URI.create(complete),
                    Duration.ofSeconds(answer.getInteger("interval", PRESET_INTERVAL)));
        }
    }

    Future<Answer> ask() {
        return http.post(
                target.provider().deviceAuthorizationEndpoint(),
                Map.of(),
                "client_id",
                target.device(),
                "scope",
                target.scope());
    }

    Future<Answer> poll(Code code) {
        return http.post(
                target.provider().tokenEndpoint(),
                Map.of(),
                "grant_type",
                DEVICE_CODE,
                "client_id",
                target.device(),
                "device_code",
                code.deviceCode());
    }

    Future<Answer> refresh(String refreshToken) {
        return http.post(
                target.provider().tokenEndpoint(),
                Map.of(),
                "grant_type",
                "refresh_token",
                "client_id",
                target.device(),
                "refresh_token",
                refreshToken);
    }

    /** A code that nobody has approved yet; blocks. */
    Code code() {
        return Code.of(Http.await(ask()).require(200).json());
    }

    /** The tokens of a device that a person has just approved; blocks. */
    JsonObject tokens() throws Exception {
        Code code = code();
        target.approver().approve(code.verification());
        return Http.await(poll(code)).require(200).json();
    }
}
