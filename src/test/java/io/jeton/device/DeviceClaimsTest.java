package io.jeton.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceClaimsTest {
    @Test
    void aDeviceSaysWhatItLikesOrNothing() {
        assertEquals(
                new DeviceClaims(Optional.of("Kettle"), Optional.empty(), Optional.of("K-1")),
                claims("device_name=+Kettle+&device_serial=++&device_model=K-1"));
        assertEquals(new DeviceClaims(Optional.empty(), Optional.empty(), Optional.empty()), claims("a=b"));
    }

    @Test
    void aClaimThatWouldFillThePageIsRefused() {
        assertEquals(
                Optional.of("x".repeat(100)),
                claims("device_name=" + "x".repeat(100)).name());
        assertThrows(OAuthException.class, () -> claims("device_name=" + "x".repeat(101)));
    }

    private static DeviceClaims claims(String body) {
        return DeviceClaims.of(
                FormParameters.parse("application/x-www-form-urlencoded", body.getBytes(StandardCharsets.UTF_8)));
    }
}
