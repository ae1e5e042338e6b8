package io.jeton.device.fleet;

import io.jeton.device.registry.Device;
import java.util.List;

/**
 * What a bulk revocation would do, had it begun now.
 *
 * @param matched how many devices there is something to do to
 * @param sample a few of them
 */
public record BulkPreview(long matched, List<Device> sample) {
    public BulkPreview {
        sample = List.copyOf(sample);
    }
}
