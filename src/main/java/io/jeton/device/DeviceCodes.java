package io.jeton.device;

import io.jeton.crypto.MacKeys;
import io.jeton.crypto.Randomness;
import io.jeton.crypto.TokenSeal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Draws the codes of a request, and opens a device code again. The device code is sealed, and stored nowhere. */
@ApplicationScoped
final class DeviceCodes {
    private static final TokenSeal SEAL = TokenSeal.ofRow("jdc_");

    private final Randomness randomness;
    private final Supplier<MacKeys> macKeys;
    private final DeviceConfig config;
    private final VerificationUri verificationUri;

    DeviceCodes(
            Randomness randomness, Supplier<MacKeys> macKeys, DeviceConfig config, VerificationUri verificationUri) {
        this.randomness = randomness;
        this.macKeys = macKeys;
        this.config = config;
        this.verificationUri = verificationUri;
    }

    NewAuthorization draw(AuthorizationRequest request) {
        return new NewAuthorization(
                randomness.id(), UserCode.draw(randomness), request, config.interval(), config.codeLifetime());
    }

    DeviceAuthorizationResponse response(NewAuthorization authorization) {
        UserCode code = authorization.userCode();
        return new DeviceAuthorizationResponse(
                SEAL.seal(macKeys.get().active(), authorization.id(), 0),
                code.display(),
                verificationUri.plain(),
                verificationUri.complete(code),
                verificationUri.qr(code),
                authorization.lifetime().toSeconds(),
                authorization.interval().toSeconds());
    }

    /** The row a device code names, or nothing where we did not seal it. */
    Optional<UUID> open(String deviceCode) {
        return SEAL.open(macKeys.get(), deviceCode).map(TokenSeal.Content::id);
    }
}
