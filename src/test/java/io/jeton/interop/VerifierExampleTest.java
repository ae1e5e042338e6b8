package io.jeton.interop;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The program of the README's tour, run as the README says. */
@ServiceTest
class VerifierExampleTest {
    @Test
    void itAcceptsAnAccessTokenAndNothingElse() throws Exception {
        var answer = TestDevice.approved(TestClients.DEVICE, "scope", "openid telemetry:write")
                .poll();
        String token = answer.path("access_token");
        assertTrue(verify(token).startsWith("valid: device "), verify(token));
        assertTrue(verify(answer.path("id_token")).startsWith("not valid: "));
        assertTrue(verify(token.substring(0, token.length() - 8) + "AAAAAAAA").startsWith("not valid: "));
    }

    private static String verify(String token) throws Exception {
        String issuer = given().get("/.well-known/openid-configuration").path("issuer");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jarOf(JwtClaims.class) + File.pathSeparator + jarOf(LoggerFactory.class),
                        Path.of("src", "docs", "examples", "Verifier.java").toString(),
                        issuer,
                        "https://api.example.com",
                        token)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
