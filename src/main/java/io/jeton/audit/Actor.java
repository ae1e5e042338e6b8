package io.jeton.audit;

import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who did it.
 *
 * @param id the account's, the client's, the device's or the operator's; null where nobody knows
 */
public record Actor(Kind kind, @Nullable String id) {

    /** What kind of who. */
    public enum Kind {
        PERSON,
        CLIENT,
        DEVICE,
        OPERATOR,
        SYSTEM;

        /** The name in the table and in the log. */
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Jeton itself, by its own timetable. */
    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, null);

    public Actor {
        id = id == null ? null : Text.plain(id);
    }

    public static Actor person(UUID account) {
        return new Actor(Kind.PERSON, account.toString());
    }

    public static Actor client(String id) {
        return new Actor(Kind.CLIENT, id);
    }

    public static Actor device(UUID id) {
        return new Actor(Kind.DEVICE, id.toString());
    }

    /** @param id who the operator's token was issued to */
    public static Actor operator(String id) {
        return new Actor(Kind.OPERATOR, id);
    }
}
