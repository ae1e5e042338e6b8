package io.jeton.device;

import io.jeton.crypto.Randomness;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The code a person types: 8 letters without vowels, so that it spells nothing and none is taken for a digit
 * (RFC 8628 §6.1); 20^8 possibilities.
 */
public record UserCode(String letters) {
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int LENGTH = 8;
    static final double POSSIBILITIES = Math.pow(ALPHABET.length(), LENGTH);
    private static final Pattern SHAPE = Pattern.compile("[" + ALPHABET + "]{" + LENGTH + "}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\p{Z}\\p{Pd}\\s._]");
    static final int LONGEST_INPUT = 64;

    static UserCode draw(Randomness randomness) {
        StringBuilder letters = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            letters.append(ALPHABET.charAt(randomness.below(ALPHABET.length())));
        }
        return new UserCode(letters.toString());
    }

    /** Reads what a person typed, in any case, with or without dash, spaces and dots; nothing where it is no code. */
    public static Optional<UserCode> parse(String typed) {
        if (typed.length() > LONGEST_INPUT) {
            return Optional.empty();
        }
        String letters = SEPARATORS.matcher(typed).replaceAll("").toUpperCase(Locale.ROOT);
        return SHAPE.matcher(letters).matches() ? Optional.of(new UserCode(letters)) : Optional.empty();
    }

    /** As it is shown: {@code XXXX-XXXX}. */
    public String display() {
        return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
    }

    /** Not the code: it is a secret while it lives. */
    @Override
    public String toString() {
        return "UserCode[...]";
    }
}
