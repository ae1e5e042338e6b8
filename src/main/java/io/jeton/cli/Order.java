package io.jeton.cli;

import io.jeton.audit.Author;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** One command as it was given. */
final class Order {
    private final String noun;
    private final String verb;
    private final ParseResult said;

    Order(String noun, String verb, ParseResult said) {
        this.noun = noun;
        this.verb = verb;
        this.said = said;
    }

    String noun() {
        return noun;
    }

    /** Empty for a noun that is a command itself. */
    String verb() {
        return verb;
    }

    /** Who gives it, for the trail. */
    Author author() {
        return Caller.author();
    }

    /** The first word that is no option. */
    String name() {
        return said.matchedPositionalValue(0, "");
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(said.matchedOptionValue(option, null));
    }

    List<String> texts(String option) {
        return said.matchedOptionValue(option, List.of());
    }

    boolean flag(String option) {
        return said.hasMatchedOption(option);
    }

    boolean json() {
        return flag(Grammar.JSON);
    }

    boolean verbose() {
        return flag(Grammar.VERBOSE);
    }

    IllegalStateException unknown() {
        return new IllegalStateException("no such command: " + noun + " " + verb);
    }
}
