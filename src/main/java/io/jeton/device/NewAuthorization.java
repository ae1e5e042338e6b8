package io.jeton.device;

import io.jeton.protocol.Scopes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A device's request before it is stored: RFC 8628 §3.1. */
record NewAuthorization(
        UUID id,
        UserCode userCode,
        String clientId,
        Scopes scopes,
        DeviceClaims claims,
        Optional<String> codeChallenge,
        String requestedFrom,
        Duration interval,
        Duration lifetime) {}
