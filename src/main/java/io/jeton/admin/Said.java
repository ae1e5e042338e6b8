package io.jeton.admin;

import io.jeton.protocol.Identifier;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a request says, by names in kebab-case: a query, of which the first fault is refused, or a body, whose faults are
 * gathered. The same rules for both.
 */
public final class Said {
    static final String DEVICE_ID = "the id of a device, as an answer or the claim device_id has it";

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    /** From the epoch to the end of the year 9999: what the database and RFC 3339 can both say. */
    private static final long END = 253_402_300_800L;

    private final Function<String, Optional<String>> texts;
    private final BiConsumer<String, String> refusal;

    private Said(Function<String, Optional<String>> texts, BiConsumer<String, String> refusal) {
        this.texts = texts;
        this.refusal = refusal;
    }

    static Said by(Query query) {
        return new Said(name -> query.text(JsonBody.wireName(name)), (name, rule) -> {
            throw ProblemException.badRequest(JsonBody.wireName(name) + " " + rule);
        });
    }

    /** Values of a command line: the first fault is refused. */
    public static Said by(Function<String, Optional<String>> texts) {
        return new Said(texts, (name, rule) -> {
            throw ProblemException.badRequest(name + " " + rule);
        });
    }

    static Said by(JsonBody body) {
        return new Said(body::text, body::refuse);
    }

    /** An id as it stands in an answer, or as it stands in a token; nothing where it is neither. */
    static Optional<UUID> id(String text) {
        return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Identifier.parse(text);
    }

    /** The id of what a path names. @throws ProblemException where nothing can have it */
    public static UUID pathId(String text) {
        return id(text).orElseThrow(ProblemException::notFound);
    }

    void refuse(String name, String rule) {
        refusal.accept(name, rule);
    }

    /** Text of 1 to so many characters, none of them a control character. */
    Optional<String> text(String name, int longest) {
        return read(
                name,
                "must have 1 to " + longest + " characters, none of them a control character",
                text -> Optional.of(text).filter(there -> isPlain(there, longest)));
    }

    Optional<UUID> id(String name, String what) {
        return read(name, "must be " + what, Said::id);
    }

    /** An instant of RFC 3339, between 1970 and the year 9999. */
    Optional<Instant> instant(String name) {
        return read(
                name,
                "must be an instant of RFC 3339 since 1970, for example 2026-11-26T09:00:00Z",
                text -> Said.parse(text).filter(at -> at.getEpochSecond() >= 0 && at.getEpochSecond() < END));
    }

    /** One of some words: the names of an enumeration in lower case. */
    <E extends Enum<E>> Optional<E> word(String name, Class<E> words) {
        E[] all = words.getEnumConstants();
        return read(
                name,
                "must be " + Arrays.stream(all).map(Wire::word).collect(Collectors.joining(" or ")),
                text -> Arrays.stream(all)
                        .filter(word -> Wire.word(word).equals(text))
                        .findFirst());
    }

    /** A value that a reader makes of text, or nothing where it is missing; refused where the reader makes nothing of it. */
    <T> Optional<T> read(String name, String rule, Function<String, Optional<T>> reader) {
        Optional<String> said = texts.apply(name);
        Optional<T> value = said.flatMap(reader);
        if (said.isPresent() && value.isEmpty()) {
            refuse(name, rule);
        }
        return value;
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(String text, int longest) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= longest
                && text.codePoints().noneMatch(Character::isISOControl)
                // A lone half of a pair is no character, and PostgreSQL would not have it.
                && text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
