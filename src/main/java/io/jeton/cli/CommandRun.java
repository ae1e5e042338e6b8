package io.jeton.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.admin.Problem;
import io.jeton.admin.ProblemException;
import io.jeton.audit.AuditTrail;
import io.jeton.database.DatabaseFailure;
import io.jeton.ops.Failure;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries out the command in place of the start. */
@ApplicationScoped
final class CommandRun {
    /** The scheduler's is 0. */
    private static final int BEFORE_ANYTHING_ELSE = -1000;

    private final Instance<Commands> commands;
    private final AuditTrail trail;
    private final ObjectMapper json;

    CommandRun(Instance<Commands> commands, AuditTrail trail, ObjectMapper json) {
        this.commands = commands;
        this.trail = trail;
        this.json = json;
    }

    /** @throws PreventFurtherStepsException once a command is carried out: nothing else is started */
    static void start(
            @Observes @Priority(BEFORE_ANYTHING_ELSE) StartupEvent event,
            @CommandLineArguments String[] args,
            Instance<CommandRun> run) {
        if (args.length > 0 && Grammar.read(args) instanceof Grammar.Understood understood) {
            Quarkus.asyncExit(run.get().carryOut(understood.order()).value());
            throw new PreventFurtherStepsException();
        }
    }

    /** Not private: it is called through a proxy. */
    ExitCode carryOut(Order order) {
        Answer answer = answer(order);
        return Output.show(order, answer, json);
    }

    Answer answer(Order order) {
        try {
            Commands.Work work = commands.stream()
                    .filter(candidate -> candidate.noun().equals(order.noun()))
                    .findFirst()
                    .orElseThrow(order::unknown)
                    .prepare(order);
            Answer answer = VertxContextSupport.subscribeAndAwait(work::begin);
            VertxContextSupport.subscribeAndAwait(trail::flush);
            return answer;
        } catch (Throwable failure) {
            return failed(order, failure);
        }
    }

    private static Answer failed(Order order, Throwable failure) {
        Optional<Problem> refused = Failure.causes(failure)
                .filter(ProblemException.class::isInstance)
                .map(cause -> ((ProblemException) cause).problem())
                .findFirst();
        if (refused.isPresent()) {
            return new Answer(refused.get(), text(refused.get()), ExitCode.FAILED);
        }
        Secrets secrets = Settings.present().secrets();
        if (order.verbose()) {
            Terminal.complain(secrets.hide(Failure.trace(failure)));
        }
        String reason = (DatabaseFailure.isAway(failure) ? "the database cannot be used: " : "")
                + secrets.hide(Failure.reason(failure));
        return new Answer(
                new Problem(null, "Failed", 500, reason, null, null, null), "Failed: " + reason, ExitCode.FAILED);
    }

    private static String text(Problem problem) {
        List<Problem.Fault> faults = problem.errors() == null ? List.of() : problem.errors();
        return Stream.concat(
                        Stream.of("Refused: " + problem.detail()),
                        faults.stream().map(fault -> "  - " + fault.pointer().substring(2) + " " + fault.detail()))
                .collect(Collectors.joining("\n"));
    }
}
