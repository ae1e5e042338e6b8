package io.jeton.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.ops.Demo;
import io.jeton.ops.Failure;
import io.jeton.ops.Serving;
import io.jeton.ops.StartUp;
import io.jeton.ops.SystemClock;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command and starts what it needs: beans and the way to the database. {@link CommandRun} carries it out before
 * anything else observes the start, and ends the start there: no listener, no job, no migration, no reconciliation.
 */
final class CommandMode {
    private static final List<String> FLYWAY = List.of("migrate", "clean", "repair", "baseline", "validate");
    private static final Pattern LOG_FILES = Pattern.compile("quarkus\\.log\\.handler\\.file\\..+\\.enabled");

    private CommandMode() {}

    static void run(String... args) {
        Grammar.Reading reading = Grammar.read(args);
        if (reading instanceof Grammar.Help help) {
            end(Terminal.answer(help.text()) ? ExitCode.DONE : ExitCode.FAILED);
        } else if (reading instanceof Grammar.Wrong wrong) {
            Terminal.complain(wrong.text());
            end(ExitCode.USAGE);
        } else if (reading instanceof Grammar.Understood understood) {
            start(understood.order(), args);
        }
    }

    private static void start(Order order, String... args) {
        String hint = besideTheDemo(new Settings(ConfigUtils.configBuilder().build()));
        Settings settings = new Settings(ConfigUtils.configBuilder().build());
        StartUp startUp = settings.startUp();
        if (startUp instanceof StartUp.Production production) {
            Serving.apply(production.derived(), settings::get);
            ofCommands(order, settings).forEach(System::setProperty);
            Quarkus.run(null, (code, failure) -> ended(order, code, failure), args);
        } else if (startUp instanceof StartUp.Refused refused) {
            end(notStarted(
                    order,
                    settings,
                    "The configuration is not that of a service:\n  - " + String.join("\n  - ", refused.reasons())
                            + hint));
        }
    }

    /**
     * Where a service with this configuration would be the demo, a command is for the demo that runs.
     *
     * @return what to say where none does
     */
    private static String besideTheDemo(Settings settings) {
        Optional<Demo> demo = Demo.installed();
        boolean inKubernetes = System.getenv("KUBERNETES_SERVICE_HOST") != null;
        if (!(StartUp.decide(settings::get, inKubernetes, demo.isPresent()) instanceof StartUp.OnDemo)) {
            return "";
        }
        Optional<Map<String, String>> running = demo.orElseThrow().running(settings::get);
        running.ifPresent(found -> {
            Terminal.complain("No database is configured: this is for the demo that runs.");
            Serving.apply(found, settings::get);
        });
        return running.isPresent()
                ? ""
                : "\nOr start the demo, and leave it running: the command is then for it, given the demo's own"
                        + " QUARKUS_HTTP_PORT and JETON_DEMO_DATA_DIR if you set them.";
    }

    /** Whatever the service is told, a command is none. */
    private static Map<String, String> ofCommands(Order order, Settings configured) {
        Map<String, String> settings = new HashMap<>();
        FLYWAY.forEach(what -> settings.put("quarkus.flyway." + what + "-at-start", "false"));
        settings.put("quarkus.scheduler.enabled", "false");
        settings.put("quarkus.http.host-enabled", "false");
        settings.put("quarkus.shutdown.delay", "0");
        // What a command started is closed in another order than what a service did.
        settings.put("quarkus.log.category.\"io.quarkus.runtime.shutdown\".level", "OFF");
        settings.put("quarkus.log.console.stderr", "true");
        settings.put("quarkus.log.console.level", order.verbose() ? "INFO" : "ERROR");
        // A service beside it writes there, and a second process would rotate the file away under it.
        settings.put("quarkus.log.file.enabled", "false");
        configured.named(LOG_FILES).forEach(name -> settings.put(name, "false"));
        return settings;
    }

    /** @param failure why the command was not reached */
    private static void ended(Order order, int code, @Nullable Throwable failure) {
        if (failure != null) {
            Settings settings = new Settings(ConfigUtils.configBuilder().build());
            String reason = settings.secrets().hide(Failure.reason(failure));
            end(notStarted(order, settings, "It does not start: " + reason));
        }
        System.exit(code);
    }

    private static ExitCode notStarted(Order order, Settings settings, String reason) {
        if (!order.noun().equals(DoctorCommand.NOUN)) {
            Terminal.complain(reason);
            return ExitCode.FAILED;
        }
        Answer answer = DoctorCommand.outside(settings, new SystemClock().clock(), reason);
        return Output.show(order, answer, new ObjectMapper());
    }

    private static void end(ExitCode code) {
        System.exit(code.value());
    }
}
