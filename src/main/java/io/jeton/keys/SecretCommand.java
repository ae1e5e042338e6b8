package io.jeton.keys;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program that tells a secret: run without a shell and for a limited time. What it writes is never repeated. */
record SecretCommand(String property, List<String> words, Optional<Path> input, Duration timeout) {
    private static final int LARGEST = 64 * 1024;

    static SecretCommand of(String property, String line, Optional<Path> input, Duration timeout) {
        List<String> words = List.of(line.strip().split("\\s+", -1));
        if (words.get(0).isEmpty()) {
            throw new ConfigurationException(property + " must name a program");
        }
        return new SecretCommand(property, words, input, timeout);
    }

    /**
     * What the program writes to its standard output. Blocking.
     *
     * @throws ConfigurationException where it cannot be run, fails, or takes too long
     */
    String run() {
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        input.ifPresent(file -> builder.redirectInput(file.toFile()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            // The message of this one names the program and the file, which the operator needs, and nothing else.
            throw new ConfigurationException(property + " cannot be run: " + e.getMessage(), e);
        }
        try {
            return finish(process);
        } catch (TimeoutException e) {
            throw new ConfigurationException(
                    property + " did not end within " + timeout + ": see to it, or raise"
                            + " jeton.keys.encryption-key-timeout",
                    e);
        } catch (ExecutionException | IOException e) {
            throw new ConfigurationException(property + " cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException(property + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private String finish(Process process)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + timeout.toNanos();
        if (input.isEmpty()) {
            process.getOutputStream().close();
        }
        String told = CompletableFuture.supplyAsync(() -> read(process)).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        if (process.exitValue() != 0) {
            throw new ConfigurationException(property + " ended with status " + process.exitValue()
                    + ": run it by hand, as the user of the service, to see why");
        }
        return told;
    }

    private static String read(Process process) {
        try (InputStream output = process.getInputStream()) {
            return new String(output.readNBytes(LARGEST), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
