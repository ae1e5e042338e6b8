package io.jeton.device.registry;

import io.jeton.user.Account;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A device of the registry, as it was read.
 *
 * @param owner whose it is; empty where an operator enrolled it for nobody in particular
 * @param said what it says of itself, and the name that a person gave it
 * @param keyThumbprint the thumbprint (RFC 7638) of the key it was enrolled with
 * @param grant what it was granted last, if that is not purged yet
 * @param version grows with every change that the registry makes: for {@link DeviceOrder#ifVersion}
 */
public record Device(
        UUID id,
        Optional<Account> owner,
        String clientId,
        Description said,
        Standing standing,
        Seen seen,
        Optional<String> keyThumbprint,
        Optional<DeviceGrant> grant,
        long version) {

    /** What it is, unverified. */
    public record Description(Optional<String> name, Optional<String> model, Optional<String> serial) {}

    /**
     * What it may do.
     *
     * @param changedAt when that was decided; empty where it was always so
     * @param heldByOperator whether it was an operator who decided, so that its owner cannot undo it
     */
    public record Standing(DeviceState state, Optional<Instant> changedAt, boolean heldByOperator) {}

    /**
     * When it was there.
     *
     * @param firstAt when it was approved or enrolled
     * @param lastAt when it got its newest token; {@code firstAt} where it never got one
     */
    public record Seen(Instant firstAt, String firstFrom, Instant lastAt, String lastFrom) {}

    /** Whether it may get another token by what it has. */
    public boolean isConnected() {
        return standing.state() != DeviceState.RETIRED
                && grant.filter(DeviceGrant::live).isPresent();
    }
}
