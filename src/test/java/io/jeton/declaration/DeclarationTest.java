package io.jeton.declaration;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.audit.Author;
import io.jeton.client.ClientService;
import io.jeton.crypto.PasswordHash;
import io.jeton.crypto.Randomness;
import io.jeton.crypto.SecretHash;
import io.jeton.managed.Change;
import io.jeton.managed.Source;
import io.jeton.test.Await;
import io.jeton.test.Browser;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TwoReplicas;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ServiceTest
class DeclarationTest {
    private static final String SECRET = "0123456789-0123456789-0123456789";
    private static final String KETTLE = """
            clients:
              yaml-kettle:
                name: Kettle
                scopes: [openid, telemetry:write]
                access-token-lifetime: PT30M
            """;

    @Inject
    DeclarationFile reader;

    @Inject
    DeclarationService service;

    @Inject
    ClientService clients;

    @TempDir
    Path folder;

    @BeforeEach
    void nothingIsDeclared() {
        Database.update("delete from client where id like 'yaml-%'");
        Database.update("delete from account where name like 'yaml-%'");
    }

    @Test
    void whatIsDeclaredIsThereAndActs() throws Throwable {
        write("""
                clients:
                  yaml-kettle:
                    name: Kettle
                    scopes:
                      - telemetry:write
                    retry-limit: 3
                    status-list: true
                  yaml-service:
                    name: Service
                    token-endpoint-auth-method: client_secret_post
                    secret: "0123456789-0123456789-0123456789"
                    grant-types: [client_credentials]
                users:
                  yaml-ann:
                    password: correct horse
                    roles: [admin]
                """);
        started();

        Map<String, Object> kettle = client("yaml-kettle");
        assertEquals("DECLARATION", kettle.get("source"));
        assertEquals(3, kettle.get("retry_limit"));
        assertEquals(true, kettle.get("status_list"));
        assertEquals(SecretHash.of(SECRET), client("yaml-service").get("secret_hash"));
        answers(200, "/device_authorization", Map.of("client_id", "yaml-kettle"));
        answers(
                200,
                "/token",
                Map.of("grant_type", "client_credentials", "client_id", "yaml-service", "client_secret", SECRET));
        assertEquals("admin", user("yaml-ann").get("roles"));
        Browser.signedIn("yaml-ann");
    }

    @Test
    void nothingIsWrittenWhereNothingDiffers() throws Throwable {
        write(KETTLE + "users:\n  yaml-ann:\n    password: correct horse\n");
        started();
        String rows = "select (select xmin::text || version from client where id = 'yaml-kettle') as client,"
                + " (select xmin::text || version from account where name = 'yaml-ann') as account";
        Map<String, Object> before = Database.one(rows);
        started();
        assertEquals(before, Database.one(rows));
    }

    @Test
    void aChangeIsNoticedByContentEvenBehindALink() throws Throwable {
        Files.createDirectories(folder.resolve("one"));
        Files.createDirectories(folder.resolve("two"));
        Files.writeString(folder.resolve("one/declarations.yaml"), KETTLE);
        Files.writeString(folder.resolve("two/declarations.yaml"), KETTLE.replace("Kettle", "Teapot"));
        Files.createSymbolicLink(folder.resolve("data"), Path.of("one"));
        Files.createSymbolicLink(file(), Path.of("data", "declarations.yaml"));
        DeclarationWatch watch = started();

        Files.createSymbolicLink(folder.resolve("data-new"), Path.of("two"));
        Files.move(folder.resolve("data-new"), folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE);
        Await.result(watch::check);

        assertEquals("Teapot", client("yaml-kettle").get("name"));
        assertEquals(2L, client("yaml-kettle").get("version"));
    }

    @Test
    void whatVanishesIsDisabledAndComesBackEnabled() throws Throwable {
        write(KETTLE + "users:\n  yaml-ann:\n    password: correct horse\n");
        DeclarationWatch watch = started();
        answers(200, "/device_authorization", Map.of("client_id", "yaml-kettle"));
        String token =
                TestDevice.approved("yaml-kettle", "scope", "telemetry:write").redeem();

        write("clients: {}\n");
        Await.result(watch::check);
        assertEquals(false, client("yaml-kettle").get("enabled"));
        assertEquals(false, user("yaml-ann").get("enabled"));
        answers(401, "/device_authorization", Map.of("client_id", "yaml-kettle"));
        Object withdrawn = client("yaml-kettle").get("withdrawn_at");
        assertNotEquals(null, withdrawn);

        write(KETTLE + "users:\n  yaml-ann:\n    password: correct horse\n");
        Await.result(watch::check);
        assertEquals(true, client("yaml-kettle").get("enabled"));
        assertNull(client("yaml-kettle").get("withdrawn_at"));
        assertEquals(true, user("yaml-ann").get("enabled"));
        answers(
                200,
                "/token",
                Map.of("grant_type", "refresh_token", "client_id", "yaml-kettle", "refresh_token", token));
    }

    @Test
    void otherSourcesAreLeftAloneUnlessTheirIdIsDeclared() throws Throwable {
        write(KETTLE);
        DeclarationWatch watch = started();
        assertEquals(true, client(TestClients.DEVICE).get("enabled"));
        Database.update("update client set source = 'API', name = 'Mine' where id = 'yaml-kettle'");
        write("clients: {}\n");
        Await.result(watch::check);
        assertEquals(true, client("yaml-kettle").get("enabled"));
        write(KETTLE);
        Await.result(watch::check);
        assertEquals("Kettle", client("yaml-kettle").get("name"));
        assertEquals("DECLARATION", client("yaml-kettle").get("source"));
    }

    @Test
    void theApiChangesWhatIsDeclaredNoLongerAlone() throws Throwable {
        write(KETTLE);
        DeclarationWatch watch = started();
        assertEquals(
                new Change.DeclaredElsewhere<>(Source.DECLARATION),
                Await.result(() -> clients.disable(Author.SYSTEM, "yaml-kettle", OptionalLong.empty())));
        assertEquals(true, client("yaml-kettle").get("enabled"));
        write("clients: {}\n");
        Await.result(watch::check);
        assertEquals(
                new Change.Done<>(0L),
                Await.result(() -> clients.delete(Author.SYSTEM, "yaml-kettle", OptionalLong.empty())));
    }

    @Test
    void secretsComeFromFilesAndTheEnvironmentAndAreReadAnew() throws Throwable {
        String variable = System.getenv().entrySet().stream()
                .filter(entry ->
                        entry.getValue().length() >= 8 && entry.getValue().length() < 100)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        Files.writeString(folder.resolve("secret"), SECRET + "\n");
        write("""
                clients:
                  yaml-service:
                    name: Service
                    token-endpoint-auth-method: client_secret_basic
                    secret-file: secret
                users:
                  yaml-ann:
                    password-env: %s
                """.formatted(variable));
        DeclarationWatch watch = started();
        assertEquals(SecretHash.of(SECRET), client("yaml-service").get("secret_hash"));
        assertTrue(PasswordHash.matches((String) user("yaml-ann").get("password_hash"), System.getenv(variable)));

        Files.writeString(folder.resolve("secret"), "another-" + SECRET);
        Await.result(watch::check);
        assertEquals(SecretHash.of("another-" + SECRET), client("yaml-service").get("secret_hash"));
    }

    @Test
    void aPasswordHashIsTakenAsItIs() throws Throwable {
        String hash = PasswordHash.of("correct horse", new Randomness());
        write("users:\n  yaml-ann:\n    password-hash: " + hash + "\n");
        started();
        assertEquals(hash, user("yaml-ann").get("password_hash"));
        Browser.signedIn("yaml-ann");
    }

    @Test
    void allThatIsWrongStopsTheStartByFileAndLineAndNothingIsWritten() throws IOException {
        write("""
                clients:
                  yaml-kettle:
                    name: 7
                    grant-types: [password]
                    retry-limit: many
                    access-token-lifetime: an hour
                    enabled: "yes"
                    scopes: openid
                    colour: red
                  yaml-service:
                    name: Service
                    token-endpoint-auth-method: client_secret_basic
                    secret: tooshort
                  yaml-other:
                    name: Other
                  test-device:
                    name: Twice
                  yaml-list: []
                users:
                  yaml-ann:
                    password: short77
                    password-env: NOWHERE_TO_BE_FOUND
                  yaml-bob:
                    password-file: nowhere
                    roles: [Admin]
                  yaml-cyd:
                    password-hash: x
                  alice:
                    password: correct horse
                groups: {}
                """);
        String message =
                assertThrows(ConfigurationException.class, this::started).getMessage();
        for (String expected : List.of(
                ":3: clients.yaml-kettle.name must be text",
                ":4: clients.yaml-kettle.grant-types must be of those installed",
                ":5: clients.yaml-kettle.retry-limit must be a whole number",
                ":6: clients.yaml-kettle.access-token-lifetime must be a duration",
                ":7: clients.yaml-kettle.enabled must be true or false",
                ":8: clients.yaml-kettle.scopes must be a list of texts",
                ":9: clients.yaml-kettle: colour is not known here",
                ":13: clients.yaml-service.secret must be given",
                "clients.test-device.id must not be declared in the configuration as well",
                ":18: clients.yaml-list must have values by name",
                ":21: users.yaml-ann.password must be said once",
                ":22: users.yaml-ann.password-env must name an environment variable that is set",
                ":24: users.yaml-bob.password-file must name a file that can be read",
                ":25: users.yaml-bob.roles must be",
                ":27: users.yaml-cyd.password-hash must be",
                "users.alice.name must not be declared in the configuration as well",
                "groups is not known here")) {
            assertTrue(message.contains(expected), () -> expected + " in\n" + message);
        }
        assertTrue(message.lines().allMatch(line -> line.startsWith(file().toString())), message);
        assertFalse(message.contains("tooshort") || message.contains("short77"), message);
        assertTrue(Database.query("select from client where id like 'yaml-%'").isEmpty());
    }

    @Test
    void whatIsNoYamlOrWouldGrowIsRefusedWithoutQuotingIt() throws IOException {
        refused("", "is empty");
        refused("# nothing\n", "is empty");
        refused("- a\n", ":1: must hold clients and users");
        refused("clients: [a]\n", ":1: clients must be given by name");
        refused("clients:\n  a: {name: x}\n  a: {name: y}\n", ":3: must not say the same name twice: a");
        refused("clients:\n  a:\n    name: x\n    name: y\n", ":4: must not say the same name twice: name");
        refused("clients: &all {}\nusers: *all\n", ":2: must not use aliases");
        refused("clients:\n  a: &b {name: x}\n  c:\n    <<: *b\n", ":4: must not use aliases");
        refused("clients: !!java.util.Date {}\n", "must not use tags");
        refused("clients: {}\n---\nclients: {}\n", "must be one document");
        refused("clients:\n\tsecret-thing: x\n", "is not YAML");
        refused("clients: {secret-thing\n", "is not YAML");
        refused("clients: " + "[".repeat(100), "");
        refused("clients: " + "{a: ".repeat(100), "");
        refused("# " + "x".repeat(1024 * 1024) + "\nclients: {}\n", "must not be larger than 1 MB");
        Files.delete(file());
        String message =
                assertThrows(ConfigurationException.class, this::started).getMessage();
        assertTrue(message.contains("must be a file that can be read"), message);
    }

    @Test
    void aFileThatTurnsBadChangesNothingAndShowsInTheHealthCheck() throws Throwable {
        write(KETTLE);
        DeclarationWatch watch = started();
        write("clients:\n  yaml-kettle:\n    name: Teapot\n    retry-limit: -1\n");
        Await.result(watch::check);
        DeclarationWatch.State state = watch.state();
        Await.result(watch::check);
        assertEquals(state, watch.state());

        assertEquals("Kettle", client("yaml-kettle").get("name"));
        HealthCheckResponse health = new DeclarationHealth(watch).call();
        assertEquals(HealthCheckResponse.Status.UP, health.getStatus());
        Map<String, Object> data = health.getData().orElseThrow();
        assertEquals(1L, data.get("problems"));
        assertEquals(file() + ":4: clients.yaml-kettle.retry-limit must not be negative", data.get("problem"));
        Files.delete(file());
        Await.result(watch::check);
        assertEquals(true, client("yaml-kettle").get("enabled"));

        write(KETTLE);
        Await.result(watch::check);
        assertFalse(new DeclarationHealth(watch).call().getData().orElseThrow().containsKey("problem"));
        write(KETTLE.replace("Kettle", "Teapot"));
        Await.result(watch::check);
        assertEquals("Teapot", client("yaml-kettle").get("name"));
    }

    @Test
    void clientsAndUsersAreWrittenInOneTransaction() throws Throwable {
        write(KETTLE);
        started();
        write(KETTLE.replace("Kettle", "Teapot") + "users:\n  yaml-ann:\n    password: correct horse\n");
        Declarations declarations = reader.read(file());
        Database.whileLocked("select pg_advisory_xact_lock(hashtext('account'))", () -> {
                    Thread applying = new Thread(() -> Await.result(() -> service.apply(declarations)));
                    applying.start();
                    Eventually.holds(
                            () -> !Database.query("select from pg_locks where locktype = 'advisory' and not granted")
                                    .isEmpty());
                    assertEquals("Kettle", client("yaml-kettle").get("name"));
                    return applying;
                })
                .join();
        assertEquals("Teapot", client("yaml-kettle").get("name"));
        assertEquals(true, user("yaml-ann").get("enabled"));
    }

    @Test
    void manyReplicasMayApplyTheSameFileAtOnce() throws Exception {
        write(KETTLE + """
                  yaml-service:
                    name: Service
                    token-endpoint-auth-method: client_secret_jwt
                    secret: "0123456789-0123456789-0123456789"
                users:
                  yaml-ann:
                    password: correct horse
                """);
        List<DeclarationService.Applied> all =
                Concurrently.call(6, () -> Await.result(() -> service.apply(reader.read(file()))));

        assertEquals(
                1, all.stream().filter(applied -> !applied.clients().isEmpty()).count());
        assertEquals(
                1, all.stream().filter(applied -> !applied.users().isEmpty()).count());
        assertEquals(1L, client("yaml-kettle").get("version"));
        assertEquals(1L, client("yaml-service").get("version"));
        assertEquals(1L, user("yaml-ann").get("version"));
    }

    @Test
    void theReadinessOfTheServiceSaysSo() {
        // Without a file there is nothing to say.
        HealthCheckResponse health =
                new DeclarationHealth(new DeclarationWatch(config(Optional.empty()), reader, service)).call();
        assertEquals(HealthCheckResponse.Status.UP, health.getStatus());
        assertTrue(health.getData().isEmpty());
        given().get("/jwks").then().statusCode(200);
    }

    private void refused(String yaml, String expected) throws IOException {
        write(yaml);
        String message =
                assertThrows(ConfigurationException.class, this::started).getMessage();
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("secret-thing"), message);
        assertTrue(message.length() < 1000, message);
    }

    private static void answers(int status, String path, Map<String, String> form) throws Exception {
        TwoReplicas.agree(() -> TestDevice.post(path, form).statusCode() == status);
    }

    private DeclarationWatch started() throws Throwable {
        DeclarationWatch watch = new DeclarationWatch(config(Optional.of(file().toString())), reader, service);
        watch.start(new StartupEvent());
        return watch;
    }

    private static DeclarationConfig config(Optional<String> file) {
        return new DeclarationConfig() {
            @Override
            public Optional<String> file() {
                return file;
            }

            @Override
            public Duration checkEvery() {
                return Duration.ofSeconds(10);
            }
        };
    }

    private Path file() {
        return folder.resolve("declarations.yaml");
    }

    private void write(String yaml) throws IOException {
        Files.writeString(file(), yaml, StandardCharsets.UTF_8);
    }

    private static Map<String, Object> client(String id) {
        return Database.one("select * from client where id = ?", id);
    }

    private static Map<String, Object> user(String name) {
        return Database.one("select * from account where name = ?", name);
    }
}
