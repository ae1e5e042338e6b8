package io.jeton.fault;

import io.jeton.test.Database;
import io.jeton.test.TestDevice;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;

/** A device's request for approval, with PKCE: what it gave may be fetched again when the answer got lost. */
record DeviceCode(String clientId, String code, String verifier) {

    static DeviceCode asked(int port, String clientId) throws IOException, InterruptedException {
        return asked(port, clientId, "");
    }

    /** @param serial who the device says it is; with it, it is the same device when it comes back */
    static DeviceCode asked(int port, String clientId, String serial) throws IOException, InterruptedException {
        String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
        HttpResponse<String> answer = Wire.post(
                port,
                "/device_authorization",
                "client_id=" + clientId + "&scope=telemetry%3Awrite&code_challenge_method=S256&code_challenge="
                        + challenge(verifier) + (serial.isEmpty() ? "" : "&device_serial=" + serial));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new DeviceCode(clientId, new JsonObject(answer.body()).getString("device_code"), verifier);
    }

    /** The person's approval of everything that waits for one. */
    static void approveAll() {
        Database.update(
                "update device_authorization set state = 'APPROVED', account_id = ?, authenticated_at = now()"
                        + " where state = 'PENDING'",
                TestDevice.person());
    }

    /** The device's refresh token; nothing where no answer came, or one that says to come again. */
    Optional<String> redeem(IntSupplier service) throws InterruptedException {
        String form = "grant_type=" + TestDevice.GRANT + "&client_id=" + clientId + "&device_code=" + code
                + "&code_verifier=" + verifier;
        try {
            HttpResponse<String> answer = Wire.post(service.getAsInt(), "/token", form);
            if (answer.statusCode() == 200) {
                return Optional.of(new JsonObject(answer.body()).getString("refresh_token"));
            } else if (answer.statusCode() == 503) {
                return Optional.empty();
            }
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
