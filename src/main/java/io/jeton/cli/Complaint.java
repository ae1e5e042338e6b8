package io.jeton.cli;

import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, without its values: one may be a password that somebody took for an argument. */
final class Complaint {
    private static final String UNREADABLE = "\uFFFD";
    /** What looks like a name of ours, and not like a value that begins with a hyphen. */
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    private static final String VALUE = " but found ";

    private Complaint() {}

    static String of(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return ofUnmatched(unmatched.getUnmatched(), wrong.getCommandLine());
        }
        if (wrong instanceof MissingParameterException || wrong instanceof OverwrittenOptionException) {
            return String.valueOf(wrong.getMessage()).split(VALUE, 2)[0];
        }
        return wrong.getArgSpec() == null ? "This cannot be read" : "Invalid value for " + wrong.getArgSpec();
    }

    static String ofNoVerb(CommandLine noun) {
        return "Say which of " + String.join(", ", noun.getSubcommands().keySet());
    }

    /** Whether there is a word that the JVM could not read: what it made of it, it makes of many others too. */
    static boolean isMangled(ParseResult said) {
        return said.originalArgs().stream().anyMatch(word -> word.contains(UNREADABLE));
    }

    private static String ofUnmatched(List<String> words, CommandLine command) {
        String first = words.isEmpty() ? "" : words.get(0);
        if (first.startsWith("-")) {
            String name = first.split("=", 2)[0];
            return OPTION.matcher(name).matches() ? "Unknown option: " + name : "Unknown option";
        }
        return command.getSubcommands().isEmpty()
                ? "A word too many; what has spaces is quoted, and a password is no argument"
                : ofNoVerb(command);
    }
}
