package io.jeton.cli;

import io.jeton.admin.ProblemException;
import io.jeton.keys.KeyOpening;
import io.jeton.keys.KeyTimetable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/**
 * Whether the key-encryption key of this configuration is that of this database. A service with another one hardly starts; a
 * command would seal what no replica then opens: the secret of a client, or the next signing key.
 */
@ApplicationScoped
final class OwnSeal {
    private final KeyTimetable timetable;
    private final KeyOpening opening;

    OwnSeal(KeyTimetable timetable, KeyOpening opening) {
        this.timetable = timetable;
        this.opening = opening;
    }

    /** Something that seals. Fails with {@link ProblemException}, and does nothing, where none of the keys there are opens. */
    <T> Uni<T> with(Supplier<Uni<T>> work) {
        return opening.unopened().chain(unopened -> timetable.read().chain(lines -> {
            long keys = lines.stream().mapToLong(line -> line.keys().size()).sum();
            if (keys > 0 && unopened.size() >= keys) {
                throw ProblemException.notPossible("the key-encryption key that is configured here opens no key of this"
                        + " database: what it seals, no replica would open. Nothing was changed; see doctor");
            }
            return work.get();
        }));
    }
}
