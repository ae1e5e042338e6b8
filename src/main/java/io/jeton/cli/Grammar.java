package io.jeton.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** All that can be said on the command line. Described by code: a native executable needs no reflection for it. */
final class Grammar {
    static final String JSON = "--json";
    static final String VERBOSE = "--verbose";
    private static final int WIDTH = 100;

    private Grammar() {}

    /** What came of reading. */
    sealed interface Reading {}

    /** A command to carry out. */
    record Understood(Order order) implements Reading {}

    /** Nothing to carry out: help that was asked for. */
    record Help(String text) implements Reading {}

    /** Nothing to carry out: it is wrong. */
    record Wrong(String text) implements Reading {}

    static Reading read(String... args) {
        try {
            // A word that begins with an at-sign is that word, and no file to read more words from.
            return understand(new CommandLine(jeton()).setExpandAtFiles(false).parseArgs(args));
        } catch (ParameterException e) {
            return wrong(Complaint.of(e), e.getCommandLine());
        }
    }

    private static Reading understand(ParseResult all) {
        Deque<String> words = new ArrayDeque<>();
        ParseResult said = all;
        while (said.hasSubcommand()) {
            said = said.subcommand();
            words.add(said.commandSpec().name());
        }
        CommandLine command = said.commandSpec().commandLine();
        if (said.isUsageHelpRequested()) {
            return new Help(usage(command).strip());
        }
        if (words.isEmpty() || !command.getSubcommands().isEmpty()) {
            return wrong(Complaint.ofNoVerb(command), command);
        }
        if (Complaint.isMangled(said)) {
            return wrong(
                    "A word is not in the encoding of the locale: set LC_ALL=C.UTF-8, and say it in UTF-8", command);
        }
        String noun = words.removeFirst();
        return new Understood(new Order(noun, words.isEmpty() ? "" : words.removeFirst(), said));
    }

    /** In a few lines: they stay on the screen. */
    private static Wrong wrong(String complaint, CommandLine command) {
        String synopsis =
                command.setUsageHelpWidth(WIDTH).getHelp().fullSynopsis().strip();
        String name = command.getCommandSpec().qualifiedName();
        return new Wrong(complaint + "\n" + synopsis + "\n" + name + " --help says more.");
    }

    private static String usage(CommandLine command) {
        return command.setUsageHelpWidth(WIDTH).getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    static CommandSpec jeton() {
        CommandSpec jeton = Words.noun(
                        "jeton",
                        "Operates Jeton: whoever has its database and its key-encryption key needs no token."
                                + " Configured as the service is. Without a command it is the service.",
                        KeyCommands.grammar(),
                        ClientCommands.grammar(),
                        DeviceCommands.grammar(),
                        UserCommands.grammar(),
                        MigrateCommand.grammar(),
                        DoctorCommand.grammar())
                .addOption(inherited(JSON, "Answer in JSON, as the admin API does."))
                .addOption(inherited(VERBOSE, "Show the log, on standard error."));
        addHelp(jeton);
        jeton.usageMessage()
                .footer(
                        "",
                        "Ends with 0 where it is done, 1 where it was refused or a check failed, 2 where the command was"
                                + " wrong.");
        return jeton;
    }

    /** Without its short form where a word may begin with it. */
    private static void addHelp(CommandSpec command) {
        String[] names = command.parser().unmatchedOptionsArePositionalParams()
                ? new String[] {"--help"}
                : new String[] {"-h", "--help"};
        command.addOption(OptionSpec.builder(names)
                .usageHelp(true)
                .description("Show this.")
                .build());
        command.subcommands().values().forEach(sub -> addHelp(sub.getCommandSpec()));
    }

    private static OptionSpec inherited(String name, String description) {
        return OptionSpec.builder(name)
                .scopeType(ScopeType.INHERIT)
                .description(description)
                .build();
    }
}
