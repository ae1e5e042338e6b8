package io.jeton.device.fleet;

import io.jeton.device.fleet.EnrolmentRepository.Known;
import io.jeton.device.registry.DeviceState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Compares lines with the devices there are. Pure. */
final class EnrolmentCheck {
    private final String clientId;
    private final Map<String, UUID> accounts;
    private final Map<String, Known> byKey = new HashMap<>();
    private final Map<String, Known> bySerial = new HashMap<>();
    private final Map<String, Known> byOwner = new HashMap<>();

    EnrolmentCheck(String clientId, Map<String, UUID> accounts, List<Known> known) {
        this.clientId = clientId;
        this.accounts = accounts;
        for (Known device : known) {
            if (device.keyThumbprint() != null) {
                byKey.put(device.keyThumbprint(), device);
            }
            if (device.clientId().equals(clientId) && device.serial() != null) {
                (device.keyThumbprint() == null ? byOwner : bySerial)
                        .put(
                                device.keyThumbprint() == null ? at(device.owner(), device.serial()) : device.serial(),
                                device);
            }
        }
    }

    /** What a line is. */
    enum Verdict {
        NEW,
        IDENTICAL
    }

    Optional<UUID> owner(EnrolmentLine line) {
        return line.owner().map(accounts::get);
    }

    /** @throws BadLineException where the line cannot be imported */
    Verdict judge(EnrolmentLine line) {
        if (line.owner().isPresent() && owner(line).isEmpty()) {
            throw new BadLineException("there is no account of this owner");
        }
        Known sameKey = byKey.get(line.key().thumbprint());
        if (sameKey != null) {
            return judge(line, sameKey);
        }
        if (bySerial.containsKey(line.serial())) {
            throw new BadLineException("a device with this serial is enrolled with another key");
        }
        if (byOwner.containsKey(at(owner(line).orElse(null), line.serial()))) {
            throw new BadLineException("its owner has connected a device with this serial without a key");
        }
        return Verdict.NEW;
    }

    private Verdict judge(EnrolmentLine line, Known known) {
        if (!known.clientId().equals(clientId) || !line.serial().equals(known.serial())) {
            throw new BadLineException("another device is enrolled with this key");
        }
        if (known.state() == DeviceState.RETIRED) {
            throw new BadLineException("this device was retired");
        }
        boolean same = Objects.equals(known.owner(), owner(line).orElse(null))
                && Objects.equals(known.model(), line.model().orElse(null))
                && (known.renamed() || Objects.equals(known.name(), line.name().orElse(null)));
        if (!same) {
            throw new BadLineException("this device is enrolled already, with another owner, model or name");
        }
        return Verdict.IDENTICAL;
    }

    private static String at(@Nullable UUID owner, String serial) {
        return owner + " " + serial;
    }
}
