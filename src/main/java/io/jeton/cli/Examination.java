package io.jeton.cli;

import io.jeton.ops.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at everything at once, each thing by itself and for a limited time. */
final class Examination {
    private static final int NAME_WIDTH = 16;

    private Examination() {}

    /** @param secrets what no failure may tell */
    static Answer of(List<Check> checks, Duration patience, Secrets secrets) {
        List<Finding> findings = look(checks, patience, secrets);
        ExitCode code = findings.stream().anyMatch(Finding::failed) ? ExitCode.FAILED : ExitCode.DONE;
        return new Answer(findings, text(findings), code);
    }

    private static List<Finding> look(List<Check> checks, Duration patience, Secrets secrets) {
        ExecutorService workers = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "doctor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<List<Finding>>> looks = checks.stream()
                    .map(check -> workers.submit(() -> check.look().now()))
                    .toList();
            long end = System.nanoTime() + patience.toNanos();
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                findings.addAll(hide(secrets, wait(checks.get(i), looks.get(i), end)));
            }
            return findings;
        } finally {
            List<Runnable> unused = workers.shutdownNow();
        }
    }

    private static List<Finding> hide(Secrets secrets, List<Finding> findings) {
        return findings.stream().map(finding -> finding.hiding(secrets)).toList();
    }

    private static List<Finding> wait(Check check, Future<List<Finding>> look, long end) {
        try {
            return look.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return List.of(Finding.fail(check.name(), "there was no answer in time", check.hint()));
        } catch (ExecutionException e) {
            return List.of(Finding.fail(check.name(), Failure.reason(e.getCause()), check.hint()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(Finding.fail(check.name(), "interrupted", check.hint()));
        }
    }

    private static String text(List<Finding> findings) {
        return findings.stream()
                .flatMap(finding -> Stream.concat(
                        Stream.of(("%-4s  %-" + NAME_WIDTH + "s  %s")
                                .formatted(
                                        finding.level(),
                                        finding.check(),
                                        Printable.word(finding.says().replace('\n', ' ')))),
                        Stream.ofNullable(finding.hint()).map(hint -> " ".repeat(NAME_WIDTH + 8) + "-> " + hint)))
                .collect(Collectors.joining("\n"));
    }
}
