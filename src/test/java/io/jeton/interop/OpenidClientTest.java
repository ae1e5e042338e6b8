package io.jeton.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same with openid-client, from npm, in a process of its own. */
@ServiceTest
class OpenidClientTest {
    private static final Path FOLDER = Path.of("target", "node");

    @Test
    void openidClientCompletesTheGrantRefreshesAndVerifies() throws Exception {
        assumeTrue(installed(), "skipped: node and npm are not here, or npm cannot install openid-client");
        Process node = new ProcessBuilder(
                        "node",
                        "device.mjs",
                        "http://localhost:" + RestAssured.port,
                        TestClients.OTHER_DEVICE,
                        "https://api.example.com")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> output = new ArrayList<>();
        try (BufferedReader lines = node.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.startsWith("user_code")) {
                    approve();
                }
            }
        }
        assertTrue(node.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, node.exitValue(), String.join("\n", output));
        assertEquals("done", output.get(output.size() - 1));
    }

    private static void approve() {
        Database.update(
                "update device_authorization set state = 'APPROVED', account_id = ?, authenticated_at = now()"
                        + " where client_id = ? and state = 'PENDING'",
                TestDevice.person(),
                TestClients.OTHER_DEVICE);
    }

    private static boolean installed() throws InterruptedException, IOException {
        Files.createDirectories(FOLDER);
        for (String file : List.of("package.json", "device.mjs")) {
            Files.copy(Path.of("src/test/node", file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("npm.log").toFile())
                    .start();
            return npm.waitFor(3, TimeUnit.MINUTES) && npm.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
