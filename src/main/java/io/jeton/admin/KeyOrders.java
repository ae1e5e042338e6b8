package io.jeton.admin;

import io.jeton.audit.Author;
import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.KeyRotation;
import io.jeton.keys.KeyTimetable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What an operator may order of keys. */
@ApplicationScoped
public final class KeyOrders {
    private final KeyTimetable timetable;
    private final KeyRotation rotation;
    private final KeyRemovals removals;

    KeyOrders(KeyTimetable timetable, KeyRotation rotation, KeyRemovals removals) {
        this.timetable = timetable;
        this.rotation = rotation;
        this.removals = removals;
    }

    /** The next key of an algorithm takes over. Fails with {@link ProblemException} where verifiers may not know it yet. */
    public Uni<KeyDocument.Timetable> rotate(KeyAlgorithm algorithm, Author by) {
        return rotation.hurry(algorithm, by).chain(rotated -> line(algorithm).map(line -> {
            if (!rotated) {
                throw ProblemException.notPossible(notYet(line));
            }
            return KeyDocument.Timetable.of(line);
        }));
    }

    /** A key is out at once. Fails with {@link ProblemException} where there is none of that id. */
    public Uni<KeyReport> remove(String kid, Author by) {
        return removals.of(kid)
                .call(report -> rotation.remove(kid, by).invoke(removed -> {
                    if (!removed) {
                        throw ProblemException.notFound();
                    }
                }))
                .chain(report -> line(KeyAlgorithm.of(report.key().algorithm()))
                        .map(line -> new KeyReport(report.key(), report.removal(), KeyDocument.Timetable.of(line))));
    }

    private Uni<KeyTimetable.Line> line(KeyAlgorithm algorithm) {
        return timetable.read().map(lines -> lines.stream()
                .filter(line -> line.algorithm() == algorithm)
                .findFirst()
                .orElseThrow());
    }

    private static String notYet(KeyTimetable.Line line) {
        return line.readyAt()
                .map(at -> "verifiers may not know the next key yet: it can take over from " + at + " on")
                .orElse("there is no next key yet: try again in a minute");
    }
}
