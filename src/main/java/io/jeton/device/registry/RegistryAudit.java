package io.jeton.device.registry;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.AuditTrail;
import io.jeton.audit.EventType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The only place where the trail is told what was ordered of devices, by whom and why. It is written in the transaction that
 * does it, so that whoever is to drop a device is told, whatever crashes.
 */
@ApplicationScoped
public final class RegistryAudit {
    private final AuditTrail trail;

    RegistryAudit(AuditTrail trail) {
        this.trail = trail;
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

        /** Of one device. */
        AuditEvent event(Device device, DeviceOrder order) {
            return event(device.clientId(), device.id(), order.by(), order.reason())
                    .withAccount(device.owner().map(owner -> owner.id()));
        }

        private AuditEvent event(String client, UUID device, OrderedBy by, String reason) {
            AuditEvent event = AuditEvent.success(type)
                    .withActor(by.actor())
                    .withClient(client)
                    .withDevice(device)
                    .withReason(reason);
            return by.address().map(event::withFrom).orElse(event);
        }

        /**
         * The same of many devices.
         *
         * @param devices with the client of each
         */
        public List<AuditEvent> events(Map<UUID, String> devices, OrderedBy by, String reason) {
            return devices.entrySet().stream()
                    .map(device -> event(device.getValue(), device.getKey(), by, reason))
                    .toList();
        }
    }

    /** In the transaction that does it. */
    public Uni<Void> write(SqlConnection tx, List<AuditEvent> events) {
        return events.isEmpty() ? Uni.createFrom().voidItem() : trail.write(tx, events);
    }

    /** After the commit: what was rolled back did not happen. */
    public void log(List<AuditEvent> events) {
        events.forEach(trail::log);
    }
}
