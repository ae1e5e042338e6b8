package io.jeton.mtls;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestDevice;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** The example of the guide on TLS, by nginx itself. */
@ServiceTest
@TestProfile(BehindProxy.class)
class NginxTest {
    private static final Path EXAMPLE = Path.of("src", "docs", "examples", "nginx.conf");
    private final Path folder = Path.of("target", "nginx-" + System.nanoTime()).toAbsolutePath();

    @TestHTTPResource("/")
    URI http;

    @Test
    void theExampleHandsOnTheCertificateAndNothingForged() throws Exception {
        int plain = freePort();
        int mutual = freePort();
        Process nginx = start(plain, mutual);
        try {
            Eventually.holds(() -> isOpen(mutual));
            TestCertificate own = TestCertificate.selfSigned("bare");
            TestDevice device = TestDevice.approved(BehindProxy.PUBLIC);
            Peer browser = new Peer("https://localhost:" + plain);
            Peer client = new Peer("https://localhost:" + mutual);
            for (Peer forger : new Peer[] {browser, client}) {
                poll(forger.saying("ssl-client-cert", BehindProxyTest.escaped(own.pem())), device)
                        .then()
                        .statusCode(400)
                        .body("error", equalTo("invalid_request"));
            }
            assertEquals("APPROVED", device.row().get("state"));
            poll(client.with(own), device).then().statusCode(200);
            assertEquals("x5t#S256:" + own.thumbprint(), device.tokenRow().get("key_thumbprint"));
        } finally {
            nginx.destroy();
            assertEquals(true, nginx.waitFor(30, TimeUnit.SECONDS));
        }
    }

    private static Response poll(Peer peer, TestDevice device) {
        return peer.post(
                "/token",
                Map.of(
                        "grant_type",
                        TestDevice.GRANT,
                        "client_id",
                        BehindProxy.PUBLIC,
                        "device_code",
                        device.deviceCode()));
    }

    private Process start(int plain, int mutual) throws IOException {
        Files.createDirectories(folder.resolve("temp"));
        Files.createDirectories(Mtls.FOLDER);
        TestCertificate.authority("Servers").store(Mtls.SERVERS);
        TestCertificate server = TestCertificate.load(Mtls.SERVERS)
                .issue(TestCertificate.Wanted.of("CN=localhost")
                        .forPurposes(TestCertificate.SERVER)
                        .named(2, "localhost"));
        Files.writeString(folder.resolve("tls.crt"), server.pem());
        Files.writeString(folder.resolve("tls.key"), server.keyPem());
        String temporary = "";
        for (String what : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
            temporary += "    " + what + "_temp_path " + folder.resolve("temp") + ";\n";
        }
        String configuration = Files.readString(EXAMPLE)
                .replaceFirst("listen 443", "listen 127.0.0.1:" + plain)
                .replaceFirst("listen 443", "listen 127.0.0.1:" + mutual)
                .replace("/etc/nginx/", folder + "/")
                .replace("127.0.0.1:8080", "127.0.0.1:" + http.getPort())
                .replaceFirst("http \\{\n", Matcher.quoteReplacement("http {\n    access_log off;\n" + temporary));
        Files.writeString(
                folder.resolve("nginx.conf"),
                "daemon off;\nmaster_process off;\npid " + folder.resolve("pid") + ";\n" + configuration);
        try {
            return new ProcessBuilder(
                            "nginx",
                            "-p",
                            folder.toString(),
                            "-c",
                            folder.resolve("nginx.conf").toString(),
                            "-e",
                            "stderr")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: nginx is not here");
            throw e;
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
