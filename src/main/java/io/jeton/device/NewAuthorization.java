package io.jeton.device;

import java.time.Duration;
import java.util.UUID;

/** A device's request with the codes drawn for it. */
record NewAuthorization(
        UUID id, UserCode userCode, AuthorizationRequest request, Duration interval, Duration lifetime) {}
