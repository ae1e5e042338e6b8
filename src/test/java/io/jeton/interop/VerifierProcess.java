package io.jeton.interop;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jose4j.jwt.JwtClaims;
import org.slf4j.LoggerFactory;

/** {@code src/docs/examples/OfflineVerifier.java}, run as the guide says. */
final class VerifierProcess implements AutoCloseable {
    static final String AUDIENCE = "https://api.example.com";

    private final Process process;
    private final PrintWriter in;
    private final BufferedReader out;

    VerifierProcess(String issuer) throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jarOf(JwtClaims.class) + File.pathSeparator + jarOf(LoggerFactory.class),
                        Path.of("src", "docs", "examples", "OfflineVerifier.java")
                                .toString(),
                        issuer,
                        AUDIENCE)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    String ask(String token) throws IOException {
        in.println(token);
        return String.valueOf(out.readLine());
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
