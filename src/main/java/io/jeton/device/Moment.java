package io.jeton.device;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * An instant, for people.
 *
 * @param iso for the machine that reads the page
 * @param words how long ago, or the day where that is long
 */
public record Moment(String iso, String words) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final long DAYS_IN_WORDS = 30;

    static Moment of(Instant instant, Instant now) {
        return new Moment(instant.truncatedTo(ChronoUnit.SECONDS).toString(), words(instant, now));
    }

    private static String words(Instant instant, Instant now) {
        Duration age = Duration.between(instant, now);
        if (age.toHours() < 1) {
            return Confirmation.age(age);
        }
        if (age.toDays() < 1) {
            return age.toHours() == 1 ? "1 hour ago" : age.toHours() + " hours ago";
        }
        if (age.toDays() <= DAYS_IN_WORDS) {
            return age.toDays() == 1 ? "1 day ago" : age.toDays() + " days ago";
        }
        return "on " + DAY.format(instant);
    }
}
