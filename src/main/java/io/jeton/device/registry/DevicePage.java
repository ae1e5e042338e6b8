package io.jeton.device.registry;

import io.jeton.database.RowCursor;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a list.
 *
 * @param next where the list goes on, if it does. A page may have fewer devices than asked for, or none, and yet go on:
 *     a request looks at so many rows and no more.
 */
public record DevicePage(List<Device> devices, Optional<RowCursor> next) {
    public DevicePage {
        devices = List.copyOf(devices);
    }
}
