package io.jeton.device.registry;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.UUID;

/** Tells the trail what became of a device, who ordered it and why: here alone. */
@ApplicationScoped
public final class RegistryAudit {
    private final Event<AuditEvent> audit;

    RegistryAudit(Event<AuditEvent> audit) {
        this.audit = audit;
    }

    /** What happens to a device, as the trail calls it. */
    public enum Act {
        SUSPEND(EventType.DEVICE_SUSPENDED),
        RESUME(EventType.DEVICE_RESUMED),
        RETIRE(EventType.DEVICE_RETIRED),
        REVOKE(EventType.DEVICE_REVOKED),
        RENAME(EventType.DEVICE_RENAMED);

        private final EventType type;

        Act(EventType type) {
            this.type = type;
        }
    }

    /** After the commit: what was rolled back did not happen. */
    void tell(Act act, Device device, DeviceOrder order) {
        tell(act, device.clientId(), device.id(), order.by(), order.reason());
    }

    /** The same, of one device among many. */
    public void tell(Act act, String client, UUID device, OrderedBy by, String reason) {
        audit.fire(AuditEvent.success(act.type)
                .withActor(by.actor())
                .withClient(client)
                .withDevice(device)
                .withFrom(by.from())
                .withReason(reason));
    }
}
