package io.jeton.managed;

/**
 * Something that is wrong with a description.
 *
 * @param path the name of the value, in kebab-case as the configuration has it
 * @param rule what it must be; follows the path in a sentence, and never holds the value
 */
public record Violation(String path, String rule) {
    /** The same, seen from further out. */
    public Violation within(String outer) {
        return new Violation(outer + "." + path, rule);
    }

    /** The whole sentence. */
    public String sentence() {
        return path + " " + rule;
    }
}
