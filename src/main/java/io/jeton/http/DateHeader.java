package io.jeton.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** When an answer was made, which whoever has a clock says in every one: RFC 9110 §6.6.1. */
@ApplicationScoped
final class DateHeader {
    private static final int BEFORE_EVERYTHING = 10_000;

    /** RFC 9110 §5.6.7; the JDK's own format writes the first nine days of a month with one digit. */
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Clock clock;
    private volatile Rendered last;

    DateHeader(Clock clock) {
        this.clock = clock;
        this.last = Rendered.of(clock.instant().getEpochSecond());
    }

    private record Rendered(long second, CharSequence text) {
        static Rendered of(long second) {
            return new Rendered(second, HttpHeaders.createOptimized(IMF_FIXDATE.format(Instant.ofEpochSecond(second))));
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::date, BEFORE_EVERYTHING);
    }

    /** Set, not added: a request that is routed anew comes by twice. */
    private void date(RoutingContext routing) {
        routing.response().putHeader(HttpHeaders.DATE, now());
        routing.next();
    }

    /** Rendered once a second, and shared by all answers of that second. */
    CharSequence now() {
        long second = Math.floorDiv(clock.millis(), 1000L);
        Rendered rendered = last;
        if (rendered.second() != second) {
            rendered = Rendered.of(second);
            last = rendered;
        }
        return rendered.text();
    }
}
