package io.jeton.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Browser;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the README promises of its first command: the packaged demo, its lines run as they are printed. */
class DemoIT {
    private final Path folder = Path.of("target", "demo-" + System.nanoTime());
    private final List<Process> services = new ArrayList<>();
    private int port;

    @BeforeEach
    void aFreePort() throws IOException {
        Files.createDirectories(folder);
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        RestAssured.port = port;
    }

    @AfterEach
    void nothingIsLeftBehind() {
        services.forEach(Process::destroyForcibly);
    }

    @Test
    void thePrintedLinesWorkAsPrintedAndWhatTheyMadeSurvivesAKill() throws Exception {
        Process service = start();
        String greeting = greeting();
        String refreshToken = tour(greeting);
        assertTrue(refreshToken.startsWith("jrt_"), refreshToken);

        service.destroyForcibly();
        assertTrue(service.waitFor(10, TimeUnit.SECONDS));
        Process again = start();
        assertEquals(password(greeting), password(greeting()), "the person is the same");
        String successor = refresh(greeting, refreshToken);
        assertTrue(successor.startsWith("jrt_"));
        commandBesideIt();
        operate(greeting);
        assertEquals("", refresh(greeting, successor), "an operator took it back");

        long database = databasePid();
        again.destroy();
        assertTrue(again.waitFor(30, TimeUnit.SECONDS));
        await(() -> ProcessHandle.of(database).filter(ProcessHandle::isAlive).isEmpty());
    }

    private Process start() throws IOException, InterruptedException {
        Files.deleteIfExists(log());
        Process service = java().redirectOutput(log().toFile()).start();
        services.add(service);
        await(() -> !service.isAlive() || (log("Listening on") && log("openid-configuration")));
        assertTrue(service.isAlive(), Files.readString(log()));
        return service;
    }

    private ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dquarkus.http.port=" + port,
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
        java.environment().put("JETON_DEMO_DATA_DIR", folder.resolve("data").toString());
        return java;
    }

    /** Be the device, the person, the device again, and a service. */
    private String tour(String greeting) throws Exception {
        String script = lines(greeting, "DEVICE_CODE=") + "\nread approved\n" + lines(greeting, "device_code=") + "\n"
                + lines(greeting, "grant_type=refresh_token") + "\n" + lines(greeting, "client_credentials") + "\n"
                + lines(greeting, "/jwks") + "\n" + lines(greeting, ".well-known") + "\necho; echo $REFRESH_TOKEN";
        Process shell = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        StringBuilder printed = new StringBuilder();
        try (BufferedReader reader = shell.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                printed.append(line).append('\n');
                Matcher address = Pattern.compile("\"verification_uri_complete\":\"http://[^/]+([^\"]+)\"")
                        .matcher(line);
                if (address.find()) {
                    approve(address.group(1), password(greeting));
                    shell.outputWriter().write("\n");
                    shell.outputWriter().flush();
                }
            }
        }
        for (String part : List.of("\"id_token\"", "\"scope\":\"telemetry:read\"", "{\"keys\":[", "{\"issuer\"")) {
            assertTrue(printed.toString().contains(part), printed.toString());
        }
        assertFalse(printed.toString().contains("\"error\""), printed.toString());
        return printed.toString().strip().lines().reduce("", (all, last) -> last);
    }

    /** Be the operator. */
    private static void operate(String greeting) throws IOException {
        String script = lines(greeting, "ADMIN_TOKEN=") + "\n" + lines(greeting, "DEVICE=$") + "\n"
                + lines(greeting, "/revoke") + "\n";
        String printed = output(new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start());
        assertTrue(printed.contains("\"serial\":\"T-1000\""), printed);
        assertFalse(printed.contains("\"title\""), printed);
    }

    /** With the environment of the service and nothing else, as the guide has it. */
    private void commandBesideIt() throws IOException {
        assertTrue(output(java("devices", "list").start()).contains("T-1000"));
        String declared = output(java("clients", "disable", "demo-device").start());
        assertTrue(declared.contains("declared"), declared);
    }

    private static void approve(String address, String password) {
        Browser browser = Browser.at("127.0.0.1");
        browser.get(address).then().statusCode(200);
        browser.signIn("demo", password).then().statusCode(303);
        browser.get(address).then().statusCode(200);
        browser.decide("approve").then().statusCode(200);
    }

    private static String refresh(String greeting, String refreshToken) throws IOException {
        String script = "REFRESH_TOKEN=" + refreshToken + "\n" + lines(greeting, "grant_type=refresh_token")
                + "\necho $REFRESH_TOKEN";
        return output(new ProcessBuilder("bash", "-c", script)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start())
                .strip();
    }

    /** The command that is printed and has this in it: its lines, up to the next empty one. */
    private static String lines(String greeting, String part) {
        for (String block : greeting.split("\n\n", -1)) {
            List<String> commands = List.of(block.replace("\\\n", "\u0000").split("\n", -1));
            for (String command : commands) {
                if (command.contains(part) && command.contains("curl ")) {
                    return command.replace("\u0000", "\\\n");
                }
            }
        }
        throw new AssertionError("not printed: " + part);
    }

    private static String password(String greeting) {
        Matcher password = Pattern.compile("password +(\\S+)").matcher(greeting);
        assertTrue(password.find(), greeting);
        return password.group(1);
    }

    private String greeting() throws IOException {
        String log = Files.readString(log());
        return log.substring(log.indexOf("Jeton runs in demo mode"));
    }

    private long databasePid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/data/postmaster.pid")).get(0));
    }

    private Path log() {
        return folder.resolve("log");
    }

    private boolean log(String part) {
        try {
            return Files.readString(log()).contains(part);
        } catch (IOException e) {
            return false;
        }
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within a minute");
            Thread.sleep(100);
        }
    }
}
