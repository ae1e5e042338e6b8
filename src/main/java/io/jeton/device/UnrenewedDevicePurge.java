package io.jeton.device;

import io.jeton.client.LifetimeLimits;
import io.jeton.database.Purge;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Deletes the devices whose tokens nothing renews, once those have expired. Which they are no index says, so that no device
 * pays for one: it walks over the table slice by slice, in the order in which the devices came, and is quicker where it
 * finds many. A device that has a refresh token goes with that.
 */
@ApplicationScoped
final class UnrenewedDevicePurge implements Purge {
    /** Clocks may differ, and an answer that got lost is fetched again. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private static final int DONE = 0;

    private final DeviceRepository repository;
    private final Duration age;
    private volatile Optional<DeviceRepository.Slice.End> after = Optional.empty();

    UnrenewedDevicePurge(DeviceRepository repository, LifetimeLimits limits) {
        this.repository = repository;
        this.age = limits.longestAccessToken().plus(MARGIN);
    }

    /** What it says is not how many it looked at: where few are found in a slice, the next one has time. */
    @Override
    public Uni<Integer> purge(int batch) {
        return repository.purge(after, age).map(slice -> {
            after = slice.end();
            return slice.end().isPresent() && slice.deleted() * 10 >= DeviceRepository.SLICE ? batch : DONE;
        });
    }
}
