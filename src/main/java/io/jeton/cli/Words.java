package io.jeton.cli;

import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the grammar is made of. */
final class Words {
    private Words() {}

    /** What commands are about, and the commands about it. */
    static CommandSpec noun(String name, String description, CommandSpec... verbs) {
        CommandSpec noun = CommandSpec.create().name(name);
        noun.usageMessage().description(description).synopsisSubcommandLabel("COMMAND");
        for (CommandSpec verb : verbs) {
            noun.addSubcommand(verb.name(), verb);
        }
        return noun;
    }

    static CommandSpec verb(String name, String description, ArgSpec... arguments) {
        CommandSpec verb = CommandSpec.create().name(name);
        verb.usageMessage().description(description).sortOptions(false);
        for (ArgSpec argument : arguments) {
            verb.add(argument);
        }
        return verb;
    }

    /** The one word that a command needs. */
    static ArgSpec name(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** A word that may be missing. */
    static ArgSpec optionalName(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static ArgSpec text(String option, String label, String description) {
        return OptionSpec.builder(option)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** May come several times, or with commas between. */
    static ArgSpec texts(String option, String label, String description) {
        return OptionSpec.builder(option)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .splitRegex(",")
                .paramLabel(label)
                .description(description)
                .build();
    }

    static ArgSpec flag(String option, String description) {
        return OptionSpec.builder(option).description(description).build();
    }
}
