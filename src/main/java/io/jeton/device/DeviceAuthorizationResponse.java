package io.jeton.device;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * RFC 8628 §3.2.
 *
 * @param verificationQrUri where a device with a screen finds {@code verification_uri_complete} as a QR code (SVG); an
 *     addition of ours
 */
@RegisterForReflection
record DeviceAuthorizationResponse(
        @JsonProperty("device_code") String deviceCode,
        @JsonProperty("user_code") String userCode,
        @JsonProperty("verification_uri") String verificationUri,
        @JsonProperty("verification_uri_complete") String verificationUriComplete,
        @JsonProperty("verification_qr_uri") String verificationQrUri,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("interval") long interval) {

    /** Without the codes. */
    @Override
    public String toString() {
        return "DeviceAuthorizationResponse[" + verificationUri + "]";
    }
}
