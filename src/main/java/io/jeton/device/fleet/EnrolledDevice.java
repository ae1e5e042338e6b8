package io.jeton.device.fleet;

import io.jeton.device.registry.DeviceState;
import java.util.Optional;
import java.util.UUID;

/**
 * A device that was enrolled with its key, for whoever grants it tokens because of that key.
 *
 * @param owner whose it is, if somebody's
 * @param ownerMayAct false where its owner's account is disabled
 * @param publicJwk the key; empty where only its thumbprint is known, so that the device has to send it
 */
public record EnrolledDevice(
        UUID id,
        String clientId,
        Optional<UUID> owner,
        boolean ownerMayAct,
        Optional<String> serial,
        DeviceState state,
        String keyThumbprint,
        Optional<String> publicJwk) {

    /** Whether it may be granted anything. */
    public boolean mayAct() {
        return state == DeviceState.ACTIVE && ownerMayAct;
    }
}
