package io.jeton.cli;

import io.jeton.admin.KeyDocument;
import io.jeton.keys.KeyOpening;
import io.jeton.keys.KeyTimetable;
import io.jeton.keys.Rewrap;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the keys keep to their schedule, are published, and open. */
@ApplicationScoped
final class KeyChecks {
    private static final String SCHEDULE = "key schedule";
    private static final String PUBLISHED = "published keys";
    private static final String ENCRYPTION = "encryption key";
    private static final String LOG =
            "look at the log of any replica for \"keys:\"; the runbook has more under JetonKeyRotationStuck";
    private static final Duration LATE = Duration.ofMinutes(10);

    private final KeyTimetable timetable;
    private final KeyOpening opening;
    private final Rewrap rewrap;
    private final Clock clock;

    KeyChecks(KeyTimetable timetable, KeyOpening opening, Rewrap rewrap, Clock clock) {
        this.timetable = timetable;
        this.opening = opening;
        this.rewrap = rewrap;
        this.clock = clock;
    }

    List<Check> all(Optional<PublicSide> side) {
        String database = "see the check of the database";
        List<Check> checks = new ArrayList<>(List.of(
                new Check(SCHEDULE, database, () -> List.of(schedule(timetables(), clock.instant()))),
                new Check(
                        ENCRYPTION,
                        "see the check of the database, and jeton.keys.encryption-key",
                        () -> List.of(encryption(await(opening.unopened()), await(rewrap.report()))))));
        side.ifPresent(there -> checks.add(new Check(
                PUBLISHED,
                "see the checks of the issuer and the database",
                () -> List.of(published(timetables(), there.keyIds())))));
        return checks;
    }

    private List<KeyDocument.Timetable> timetables() throws Exception {
        return await(timetable.read()).stream().map(KeyDocument.Timetable::of).toList();
    }

    /** Every algorithm has a key in force and a next one, and none is late. */
    static Finding schedule(List<KeyDocument.Timetable> timetables, Instant now) {
        for (KeyDocument.Timetable line : timetables) {
            if (!has(line, "active") || !has(line, "pending")) {
                return Finding.fail(
                        SCHEDULE,
                        line.algorithm() + " has no " + (has(line, "active") ? "next key" : "key in force"),
                        "start the service, which makes it; " + LOG);
            }
            Instant due = line.nextRotationAt();
            if (due != null && due.plus(LATE).isBefore(now)) {
                return Finding.fail(SCHEDULE, "the next key of " + line.algorithm() + " is late, due " + due, LOG);
            }
        }
        return Finding.ok(
                SCHEDULE,
                "a key in force and a next one of each algorithm; the next rotation is due "
                        + timetables.stream()
                                .flatMap(line -> Optional.ofNullable(line.nextRotationAt()).stream())
                                .min(Instant::compareTo)
                                .map(Instant::toString)
                                .orElse("never"));
    }

    /** Whatever signs, did or will is what verifiers find. */
    static Finding published(List<KeyDocument.Timetable> timetables, List<String> published) {
        List<String> missing = timetables.stream()
                .filter(line -> !line.algorithm().equals("HMAC"))
                .flatMap(line -> line.keys().stream())
                .map(KeyDocument::kid)
                .filter(kid -> !published.contains(kid))
                .toList();
        return missing.isEmpty()
                ? Finding.ok(PUBLISHED, "the issuer's key set has every key of this database")
                : Finding.fail(
                        PUBLISHED,
                        "the issuer's key set lacks " + String.join(", ", missing),
                        "does the service use this database? Is something between that caches the key set for too long?");
    }

    static Finding encryption(List<String> unopened, Rewrap.Report report) {
        if (!unopened.isEmpty()) {
            return Finding.fail(
                    ENCRYPTION,
                    "it does not open " + String.join(", ", unopened),
                    "configure the key-encryption key that sealed them, as the present or a previous one: "
                            + report.values());
        }
        return report.left() == 0
                ? Finding.ok(ENCRYPTION, report.key() + " opens every key, and nothing needs a former one")
                : Finding.warn(
                        ENCRYPTION,
                        report.left() + " values are sealed under a former one",
                        "keys rewrap seals them anew; until then keep the former one configured");
    }

    private static boolean has(KeyDocument.Timetable line, String state) {
        return line.keys().stream().anyMatch(key -> key.state().equals(state));
    }

    private static <T> T await(Uni<T> answer) throws Exception {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> answer);
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
