package io.jeton.admin;

import io.jeton.client.ClientRegistry;
import io.jeton.keys.KeyTimetable;
import io.jeton.refresh.DeviceGrants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whom it concerns when a key is taken out before its time. */
@ApplicationScoped
final class KeyRemovals {
    private static final String NOTHING =
            "It has signed nothing yet: nobody is concerned. Another is published, and can"
                    + " take over once verifiers know it.";
    private static final String SIGNED = "What it signed is refused by every verifier that has fetched the keys since."
            + " Devices refresh as before, and get tokens of its successor; status lists are signed anew at once.";
    private static final String SEALED =
            "Refresh tokens and codes that it sealed are refused at once. Their devices need a"
                    + " person's approval again, or the key they were enrolled with; people sign in again.";

    private final KeyTimetable timetable;
    private final ClientRegistry clients;
    private final DeviceGrants grants;

    KeyRemovals(KeyTimetable timetable, ClientRegistry clients, DeviceGrants grants) {
        this.timetable = timetable;
        this.clients = clients;
        this.grants = grants;
    }

    /** A key in its line. */
    private record Place(KeyTimetable.Line line, KeyTimetable.Entry key) {}

    /** @throws ProblemException where there is no such key */
    Uni<KeyReport> of(String kid) {
        return timetable.read().chain(lines -> {
            Place place = lines.stream()
                    .flatMap(line -> line.keys().stream().map(key -> new Place(line, key)))
                    .filter(found -> found.key().kid().equals(kid))
                    .findFirst()
                    .orElseThrow(ProblemException::notFound);
            return removal(place)
                    .map(removal -> new KeyReport(
                            KeyDocument.of(place.line(), place.key()),
                            removal,
                            KeyDocument.Timetable.of(place.line())));
        });
    }

    private Uni<KeyReport.Removal> removal(Place place) {
        boolean signs = place.line().algorithm().signs();
        boolean used = place.key().activatedAt().isPresent();
        List<String> concerned =
                signs && used ? clients.signedBy(place.line().algorithm().value()) : List.of();
        String meaning = !used ? NOTHING : signs ? SIGNED : SEALED;
        Uni<Long> sealed = signs || !used ? Uni.createFrom().item(0L) : sealed(place.key());
        return sealed.map(count -> new KeyReport.Removal(
                meaning, concerned, count, timetable.longestCached().toString()));
    }

    private Uni<Long> sealed(KeyTimetable.Entry key) {
        return grants.countIssued(key.activatedAt().orElseThrow(), key.retiredAt());
    }
}
