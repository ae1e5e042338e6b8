package io.jeton.keys;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.crypto.KeyEncryption;
import io.jeton.database.SealedColumn;
import io.jeton.database.SealedColumnRepository;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Seals everything anew under the present key-encryption key, so that a former one can be left out. In small batches, each
 * value only where it still is what was read: any number of replicas may do it at any time, as often as they like.
 */
@ApplicationScoped
public final class Rewrap {
    private static final Logger LOG = Logger.getLogger(Rewrap.class);
    private static final int BATCH = 100;

    private final List<SealedColumn> columns;
    private final SealedColumnRepository repository;
    private final KeyEncryption encryption;
    private final Event<AuditEvent> audit;

    Rewrap(
            @All List<SealedColumn> columns,
            SealedColumnRepository repository,
            KeyEncryption encryption,
            Event<AuditEvent> audit) {
        this.columns = columns;
        this.repository = repository;
        this.encryption = encryption;
        this.audit = audit;
    }

    /**
     * Where things stand.
     *
     * @param key the id of the key that seals
     * @param values how many values each key has sealed: by column ("table.column"), and by the key's id
     */
    public record Report(String key, Map<String, Map<String, Long>> values) {
        /** How many values need another key than the present one. */
        public long left() {
            return values.values().stream()
                    .flatMap(counts -> counts.entrySet().stream())
                    .filter(count -> !count.getKey().equals(key))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /** Seals anew what former keys have sealed that are still configured. What is left after it, none of them opens. */
    public Uni<Report> run(Actor by) {
        List<String> former = encryption.formerIds();
        SealedColumnRepository.Range all = new SealedColumnRepository.Range(former, "", BATCH);
        AtomicInteger sealedAnew = new AtomicInteger();
        return Multi.createFrom()
                .iterable(former.isEmpty() ? List.of() : columns)
                .onItem()
                .transformToUniAndConcatenate(column -> sealAnew(column, all, sealedAnew))
                .onItem()
                .ignoreAsUni()
                .chain(this::report)
                .invoke(report -> tell(by, sealedAnew.get(), report));
    }

    /** Counts, and changes nothing. */
    public Uni<Report> report() {
        Map<String, Map<String, Long>> values = new TreeMap<>();
        return Multi.createFrom()
                .iterable(columns)
                .onItem()
                .transformToUniAndConcatenate(
                        column -> repository.countByKey(column).invoke(counts -> values.put(column.toString(), counts)))
                .onItem()
                .ignoreAsUni()
                .map(counted -> new Report(encryption.currentId(), values));
    }

    /** Batch after batch, from a row on. */
    private Uni<Void> sealAnew(SealedColumn column, SealedColumnRepository.Range range, AtomicInteger sealedAnew) {
        return repository.sealAnew(column, range, encryption::sealAnew).chain(batch -> {
            sealedAnew.addAndGet(batch.sealedAnew());
            return batch.last().isEmpty()
                    ? Uni.createFrom().voidItem()
                    : sealAnew(column, range.from(batch.last()), sealedAnew);
        });
    }

    private void tell(Actor by, int sealedAnew, Report report) {
        if (sealedAnew > 0) {
            LOG.infof(
                    "%d values are sealed anew under key-encryption key %s; now %s", sealedAnew, report.key(), report);
            audit.fire(AuditEvent.success(EventType.ENCRYPTION_KEY_REWRAPPED)
                    .withActor(by)
                    .withSubject(report.key())
                    .withReason(sealedAnew + " values sealed anew, " + report.left() + " left"));
        }
    }
}
