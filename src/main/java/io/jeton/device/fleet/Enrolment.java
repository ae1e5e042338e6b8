package io.jeton.device.fleet;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.client.ClientRegistry;
import io.jeton.database.OffLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Zero-touch enrolment: devices come into the registry with their keys, in a file of at most 10 MB and 100,000 devices, and
 * nobody approves them one by one. Everything is read and compared before the first is written, in one transaction.
 */
@ApplicationScoped
public final class Enrolment {
    /** So many bytes a file may have. */
    public static final int LARGEST_FILE = EnrolmentParser.LARGEST;

    private final EnrolmentRepository repository;
    private final EnrolmentTransaction transaction;
    private final ClientRegistry clients;
    private final Event<AuditEvent> audit;

    Enrolment(
            EnrolmentRepository repository,
            EnrolmentTransaction transaction,
            ClientRegistry clients,
            Event<AuditEvent> audit) {
        this.repository = repository;
        this.transaction = transaction;
        this.clients = clients;
        this.audit = audit;
    }

    /** The device that was enrolled with the key of this thumbprint (RFC 7638, SHA-256, base64url). */
    public Uni<Optional<EnrolledDevice>> findByKey(String thumbprint) {
        return repository.findByKey(thumbprint);
    }

    /** The device that was enrolled for a client with this serial number. */
    public Uni<Optional<EnrolledDevice>> find(String clientId, String serial) {
        return repository.find(clientId, serial);
    }

    /** Does something with a device as it is now, in a transaction in which nobody else changes it. */
    public <T> Uni<T> whileLocked(UUID id, BiFunction<SqlConnection, Optional<EnrolledDevice>, Uni<T>> work) {
        return repository.whileLocked(id, work);
    }

    /** Imports a file: all of it, or what is good of it where that was asked for, or nothing. */
    public Uni<EnrolmentReport> enrol(EnrolmentOrder order, byte[] file) {
        if (clients.find(order.clientId()).isEmpty()) {
            return Uni.createFrom().item(EnrolmentReport.refused(List.of(new BadLine(0, "there is no such client"))));
        }
        // On a thread that may be busy: a hundred thousand keys are checked.
        return OffLoop.call(() -> EnrolmentParser.parse(file, order.format()))
                .chain(parsed -> parsed.readable()
                        ? transaction.write(order, parsed)
                        : Uni.createFrom().item(EnrolmentReport.refused(parsed.bad())))
                .invoke(report -> tell(order, report));
    }

    /** After the commit: what was rolled back did not happen. */
    private void tell(EnrolmentOrder order, EnrolmentReport report) {
        if (report.imported() > 0) {
            audit.fire(AuditEvent.success(EventType.DEVICE_ENROLLED)
                    .withActor(order.by().actor())
                    .withClient(order.clientId())
                    .withFrom(order.by().from())
                    .withReason(report.imported() + " devices of a file"));
        }
    }
}
