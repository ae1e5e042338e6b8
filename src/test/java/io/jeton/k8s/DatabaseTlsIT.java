package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jeton.demo.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The configuration of the component postgres: both ways to the database are encrypted, and believe only its authority. */
class DatabaseTlsIT {
    private static final Path COMPONENT = Path.of("k8s", "components", "postgres");
    private final Path folder =
            Path.of("target", "k8s", "tls-" + System.nanoTime()).toAbsolutePath();

    @Test
    void aDatabaseIsBelievedByItsAuthorityAlone() throws Exception {
        Files.createDirectories(folder);
        authority("ca", "jeton-postgres");
        authority("other", "somebody else");
        certificate();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(
                folder.resolve("data"),
                "ssl=on",
                "ssl_cert_file=" + folder.resolve("server.crt"),
                "ssl_key_file=" + folder.resolve("server.key"))) {
            try (Pod pod = pod(server, "ca")) {
                pod.awaitReady();
                assertEquals(List.of(true), encrypted(server), pod::log);
            }
            try (Pod pod = pod(server, "other")) {
                assertTrue(pod.process().waitFor(90, TimeUnit.SECONDS), "it does not start");
                assertFalse(pod.process().exitValue() == 0);
                assertTrue(pod.log().contains("PKIX") || pod.log().contains("certificate"), pod::log);
            }
        }
    }

    private Pod pod(EmbeddedPostgres server, String authority) throws IOException {
        Path settings = folder.resolve("postgres.properties");
        int port = URI.create(server.reactiveUrl("postgres")).getPort();
        Files.writeString(
                settings,
                Files.readString(COMPONENT.resolve("postgres.properties"))
                        .replace("jeton-postgres-rw:5432/jeton", "localhost:" + port + "/postgres"));
        return new Pod()
                .mount("config", settings)
                .write("config/issuer.properties", "jeton.issuer=https://tokens.example.com")
                .write("postgres/ca.crt", Files.readString(folder.resolve(authority + ".crt")))
                .start(Secrets.of(server.user(), server.password()), Map.of());
    }

    /** Of every connection that the service has. */
    private static List<Boolean> encrypted(EmbeddedPostgres server) throws SQLException {
        List<Boolean> all = new ArrayList<>();
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid)"
                                + " where backend_type = 'client backend' and pid <> pg_backend_pid()")) {
            while (rows.next()) {
                all.add(rows.getBoolean(1));
            }
        }
        return all;
    }

    private void authority(String name, String subject) throws Exception {
        openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + subject,
                "-keyout",
                name + ".key",
                "-out",
                name + ".crt");
    }

    private void certificate() throws Exception {
        openssl(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=localhost",
                "-keyout",
                "server.key",
                "-out",
                "server.csr");
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost\n");
        openssl(
                "x509",
                "-req",
                "-in",
                "server.csr",
                "-CA",
                "ca.crt",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                "2",
                "-extfile",
                "names",
                "-out",
                "server.crt");
        Files.setPosixFilePermissions(folder.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
    }

    private void openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Path log = folder.resolve("openssl.log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertEquals(0, process.waitFor(), () -> read(log));
        } catch (IOException e) {
            assumeTrue(false, "skipped: openssl is not here");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
