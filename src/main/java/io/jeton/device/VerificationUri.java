package io.jeton.device;

import io.jeton.discovery.Issuer;
import jakarta.enterprise.context.ApplicationScoped;

/** Where a person takes a user code: RFC 8628 §3.2, §3.3.1. */
@ApplicationScoped
final class VerificationUri {
    private final Issuer issuer;
    private final DeviceConfig config;

    VerificationUri(Issuer issuer, DeviceConfig config) {
        this.issuer = issuer;
        this.config = config;
    }

    /** {@code verification_uri}: short, for typing. */
    String plain() {
        return config.verificationUri().orElseGet(() -> issuer.uri("/device"));
    }

    /** {@code verification_uri_complete}: for a QR code or a link. */
    String complete(UserCode code) {
        return plain() + "?user_code=" + code.display();
    }

    /** Where the QR code of {@link #complete} is drawn. */
    String qr(UserCode code) {
        return issuer.uri("/device/qr.svg?user_code=" + code.display());
    }
}
