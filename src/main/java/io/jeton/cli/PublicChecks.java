package io.jeton.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.JsonObject;
import io.jeton.jose.PublicJwkSet;
import io.jeton.jose.SignedJwt;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the world finds at the issuer's address what it should. */
final class PublicChecks {
    static final String ISSUER = "issuer";
    static final String STATUS_LIST = "status list";
    private static final String CLOCK = "clock (issuer)";
    /** A date in a header has whole seconds, and the answer took its time. */
    private static final Duration SLIGHT = Duration.ofSeconds(5);

    private final PublicSide side;
    private final Clock clock;
    private final Duration skew;

    PublicChecks(PublicSide side, Clock clock, Duration skew) {
        this.side = side;
        this.clock = clock;
        this.skew = skew;
    }

    List<Check> all() {
        return List.of(
                new Check(
                        ISSUER,
                        "does the service run, and lead DNS, proxy and port of jeton.issuer to it from here?",
                        this::issuer),
                new Check(CLOCK, "see the check of the issuer", this::clock),
                new Check(STATUS_LIST, "see the check of the issuer, and the service's log", this::statusLists));
    }

    private List<Finding> issuer() throws IOException, InterruptedException {
        JsonNode metadata = side.metadata();
        String said = metadata.path("issuer").asText();
        if (!said.equals(side.issuer())) {
            return List.of(Finding.fail(
                    ISSUER,
                    "the service there calls itself " + said,
                    "set the same jeton.issuer here and there; devices and verifiers compare it letter by letter"));
        }
        int keys = side.keyIds().size();
        return List.of(
                keys == 0
                        ? Finding.fail(ISSUER, "its key set is empty", "look at the service's log")
                        : Finding.ok(ISSUER, side.issuer() + " answers, with " + keys + " keys"));
    }

    private List<Finding> clock() throws IOException, InterruptedException {
        Optional<String> date = side.metadataResponse().headers().firstValue("Date");
        if (date.isEmpty()) {
            return List.of(Finding.ok(CLOCK, "the issuer's answers have no Date: it is not compared"));
        }
        Instant there = ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
        return List.of(difference(CLOCK, Duration.between(there, clock.instant()), skew));
    }

    /** Judges how far another clock is from this one. */
    static Finding difference(String check, Duration difference, Duration skew) {
        Duration apart = difference.abs();
        String says = "differs by " + apart.toMillis() + " ms";
        String hint = "let NTP or chrony keep both clocks";
        if (apart.compareTo(skew) > 0) {
            return Finding.fail(check, says + ", more than jeton.keys.clock-skew", hint);
        }
        return apart.compareTo(SLIGHT) > 0 ? Finding.warn(check, says, hint) : Finding.ok(check, says);
    }

    private List<Finding> statusLists() throws IOException, InterruptedException {
        PublicJwkSet keys = PublicJwkSet.read(side.keySet());
        List<Finding> found = new ArrayList<>();
        List<String> lists = side.statusLists();
        for (String list : lists) {
            try {
                check(SignedJwt.readLong(side.get(list).body(), SignedJwt.PUBLIC_KEY_ALGORITHMS), list, keys);
            } catch (InvalidJwtException e) {
                found.add(Finding.fail(
                        STATUS_LIST,
                        list + ": " + e.getMessage(),
                        "look at the service's log; is something between that caches too long?"));
            }
        }
        return found.isEmpty()
                ? List.of(Finding.ok(STATUS_LIST, lists.size() + " served, fresh and signed by a published key"))
                : found;
    }

    private void check(SignedJwt list, String address, PublicJwkSet keys) {
        if (!keys.verifies(list)) {
            throw new InvalidJwtException("it is not signed by a published key");
        }
        JsonObject claims = list.claims();
        if (!claims.requireText("sub").equals(address)) {
            throw new InvalidJwtException("it is another one");
        }
        if (!clock.instant().isBefore(claims.requireInstant("exp"))) {
            throw new InvalidJwtException("it has expired");
        }
    }
}
