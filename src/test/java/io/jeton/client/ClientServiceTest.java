package io.jeton.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.audit.Actor;
import io.jeton.audit.Author;
import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.SecretHash;
import io.jeton.managed.Change;
import io.jeton.managed.Page;
import io.jeton.managed.Source;
import io.jeton.managed.Violation;
import io.jeton.test.Await;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.jeton.test.TwoReplicas;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@ServiceTest
class ClientServiceTest {
    private static final Author BY = new Author(Actor.operator("tests"), "192.0.2.1");
    private static final OptionalLong ANY = OptionalLong.empty();

    @Inject
    ClientService service;

    @Inject
    ClientRepository repository;

    @Inject
    ClientRules rules;

    @Inject
    KeyEncryption encryption;

    @BeforeEach
    void nobody() {
        Database.update("delete from client where id like 'managed%'");
    }

    @Test
    void aSecretIsMadeOnceAndWorksAtOnce() throws Exception {
        IssuedClient client = done(create(specification("client_secret_post")));
        String secret = client.secret().orElseThrow();

        assertTrue(secret.matches("jcs_[A-Za-z0-9_-]{43}"));
        assertFalse(client.toString().contains(secret));
        assertEquals(Source.API, client.client().source());
        assertEquals(1, client.client().version());
        token(secret, 200);
        assertFalse(row().toString().contains(secret));
        assertEquals(SecretHash.of(secret), row().get("secret_hash"));
    }

    @Test
    void thereIsOneOfEachId() throws Exception {
        List<Change<IssuedClient>> all = Concurrently.call(8, () -> create(specification("none")));

        assertEquals(
                1, all.stream().filter(change -> change instanceof Change.Done).count());
        assertEquals(
                7,
                all.stream()
                        .filter(change -> change instanceof Change.AlreadyExists)
                        .count());
    }

    @Test
    void whatIsWrongIsSaidAllAtOnceAndNothingIsWritten() {
        ClientSpecification wrong = new ClientSpecification(
                "managed",
                "",
                true,
                new ClientSpecification.Authentication(
                        "private_key_jwt", Optional.empty(), Optional.of("http://example.com/jwks"), List.of()),
                List.of("password"),
                List.of("not\"good"),
                List.of("a b"),
                ClientSpecification.UNSAID.tokens(),
                ClientSpecification.UNSAID.refresh());
        Change.Invalid<?> refused = assertInstanceOf(Change.Invalid.class, create(wrong));
        assertEquals(
                List.of("name", "jwks-uri", "grant-types", "scopes", "answers-for"),
                refused.violations().stream().map(Violation::path).toList());
        assertTrue(Database.query("select from client where id = 'managed'").isEmpty());
    }

    @Test
    void keysAreGivenOnceAndPublicAndForTheirMethodAlone() {
        String jwks = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
                + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}";
        Optional<String> uri = Optional.of("https://example.com/jwks");
        assertEquals(List.of(), paths("private_key_jwt", Optional.of(jwks), Optional.empty()));
        assertEquals(List.of(), paths("private_key_jwt", Optional.empty(), uri));
        // The tests' issuer is on this machine.
        assertEquals(List.of(), paths("private_key_jwt", Optional.empty(), Optional.of("http://127.0.0.1:8080/jwks")));
        assertEquals(List.of("jwks"), paths("private_key_jwt", Optional.empty(), Optional.empty()));
        assertEquals(List.of("jwks"), paths("private_key_jwt", Optional.of(jwks), uri));
        assertEquals(List.of("jwks"), paths("client_secret_post", Optional.of(jwks), Optional.empty()));
        assertEquals(List.of("jwks-uri"), paths("none", Optional.empty(), uri));
        assertEquals(List.of("token-endpoint-auth-method"), paths("tls", Optional.empty(), Optional.empty()));
        for (String bad :
                List.of("", "{", "{\"keys\":[]}", jwks.replace("\"x\":", "\"d\":\"AA\",\"x\":"), "x".repeat(70_000))) {
            assertEquals(List.of("jwks"), paths("private_key_jwt", Optional.of(bad), Optional.empty()));
        }
        for (String bad :
                List.of("http://example.com/", "https://a:b@example.com/", "https://example.com/#x", "ftp://x", "%")) {
            assertEquals(List.of("jwks-uri"), paths("private_key_jwt", Optional.empty(), Optional.of(bad)));
        }
    }

    @Test
    void aSecretThatSignsIsSealedForItsClientAlone() {
        String secret =
                done(create(specification("client_secret_jwt"))).secret().orElseThrow();

        byte[] sealed = (byte[]) row().get("sealed_secret");
        assertEquals(secret, new String(encryption.open(sealed, "client_secret/managed"), StandardCharsets.UTF_8));
        assertThrows(IllegalStateException.class, () -> encryption.open(sealed, "client_secret/other"));
    }

    @Test
    void anUpdateNeedsThePresentVersionAndWritesOnlyWhatDiffers() {
        ClientSpecification first = done(create(specification("none"))).client().specification();
        ClientSpecification renamed = named(first, "Renamed");

        RegisteredClient second = done(update(renamed, OptionalLong.of(1))).client();
        assertEquals(2, second.version());
        assertEquals("Renamed", second.specification().name());
        Change.OtherVersion<?> refused = assertInstanceOf(Change.OtherVersion.class, update(first, OptionalLong.of(1)));
        assertEquals(2, refused.version());
        assertEquals("Renamed", row().get("name"));
        assertEquals(2, done(update(renamed, ANY)).client().version());
        assertInstanceOf(Change.NotFound.class, update(specification("managed-not", "none"), ANY));
    }

    @Test
    void oneOfManyUpdatesOfOneVersionWins() throws Exception {
        ClientSpecification first = done(create(specification("none"))).client().specification();
        List<Change<IssuedClient>> all =
                Concurrently.each(8, 8, i -> update(named(first, "Name " + i), OptionalLong.of(1)));
        assertEquals(
                1, all.stream().filter(change -> change instanceof Change.Done).count());
        assertEquals(2L, row().get("version"));
    }

    @Test
    void anotherMethodMakesAndDropsSecretsAsItNeeds() {
        assertTrue(done(create(specification("none"))).secret().isEmpty());
        String secret =
                done(update(specification("client_secret_basic"), ANY)).secret().orElseThrow();
        assertTrue(
                done(update(specification("client_secret_post"), ANY)).secret().isEmpty());
        assertEquals(SecretHash.of(secret), row().get("secret_hash"));
        String signing =
                done(update(specification("client_secret_jwt"), ANY)).secret().orElseThrow();
        assertNotEquals(secret, signing);
        assertTrue(
                done(update(specification("client_secret_basic"), ANY)).secret().isEmpty());
        assertNull(row().get("sealed_secret"));
        assertEquals(SecretHash.of(signing), row().get("secret_hash"));
        done(update(specification("none"), ANY));
        assertNull(row().get("secret_hash"));
    }

    @Test
    void aRotatedSecretOverlapsAsLongAsSaid() {
        String first = done(create(specification("client_secret_jwt"))).secret().orElseThrow();

        IssuedClient rotated =
                done(Await.result(() -> service.rotateSecret(BY, "managed", ClientService.OVERLAP, ANY)));

        String second = rotated.secret().orElseThrow();
        Map<String, Object> row = row();
        assertEquals(SecretHash.of(second), row.get("secret_hash"));
        assertEquals(SecretHash.of(first), row.get("former_secret_hash"));
        assertEquals(
                first,
                new String(
                        encryption.open((byte[]) row.get("former_sealed_secret"), "client_secret/managed"),
                        StandardCharsets.UTF_8));
        Instant until = rotated.client().formerSecretUntil().orElseThrow();
        Duration left = Duration.between(Instant.now(), until);
        assertTrue(left.compareTo(Duration.ofDays(7)) <= 0 && left.compareTo(Duration.ofDays(6)) > 0);

        done(Await.result(() -> service.revokeFormerSecret(BY, "managed", ANY)));
        assertNull(row().get("former_secret_hash"));
        assertNull(row().get("former_sealed_secret"));
        assertNull(row().get("former_secret_until"));
        assertEquals(SecretHash.of(second), row().get("secret_hash"));
    }

    @Test
    void withoutOverlapTheFormerSecretEndsAtOnce() throws Exception {
        String first =
                done(create(specification("client_secret_post"))).secret().orElseThrow();
        String second = done(Await.result(() -> service.rotateSecret(BY, "managed", Duration.ZERO, ANY)))
                .secret()
                .orElseThrow();
        assertNull(row().get("former_secret_hash"));
        token(first, 401);
        token(second, 200);
    }

    @Test
    void anOverlapHasLimitsAndAClientWithoutASecretNone() {
        done(create(specification("none")));
        for (Duration bad : List.of(Duration.ofSeconds(-1), Duration.ofDays(90).plusSeconds(1))) {
            Change.Invalid<?> refused = assertInstanceOf(
                    Change.Invalid.class, Await.result(() -> service.rotateSecret(BY, "managed", bad, ANY)));
            assertEquals("overlap", refused.violations().get(0).path());
        }
        assertInstanceOf(
                Change.Invalid.class, Await.result(() -> service.rotateSecret(BY, "managed", Duration.ZERO, ANY)));
        assertInstanceOf(Change.Invalid.class, Await.result(() -> service.revokeFormerSecret(BY, "managed", ANY)));
        assertInstanceOf(
                Change.NotFound.class, Await.result(() -> service.rotateSecret(BY, "managed-not", Duration.ZERO, ANY)));
        assertNull(row().get("secret_hash"));
    }

    @Test
    void aFormerSecretIsForgottenOnceItEnded() {
        done(create(specification("client_secret_post")));
        done(Await.result(() -> service.rotateSecret(BY, "managed", Duration.ofDays(1), ANY)));
        Await.result(() -> repository.purge(1000));
        assertFalse(row().get("former_secret_hash") == null);
        Database.update("update client set former_secret_until = now() - interval '1 second' where id = 'managed'");
        assertEquals(1, Await.result(() -> repository.purge(1000)));
        assertNull(row().get("former_secret_hash"));
        assertNull(row().get("former_secret_until"));
    }

    @Test
    void aDisabledClientGetsNothingUntilItIsEnabledAgain() throws Exception {
        String secret =
                done(create(specification("client_secret_post"))).secret().orElseThrow();
        done(Await.result(() -> service.disable(BY, "managed", ANY)));
        token(secret, 401);
        done(Await.result(() -> service.enable(BY, "managed", ANY)));
        token(secret, 200);
    }

    @Test
    void withAClientGoesAllThatBelongsToIt() {
        ClientSpecification device = specification("none");
        done(create(device));
        TestDevice.approved("managed").redeem();
        assertInstanceOf(
                Change.OtherVersion.class, Await.result(() -> service.delete(BY, "managed", OptionalLong.of(7))));

        assertEquals(new Change.Done<>(1L), Await.result(() -> service.delete(BY, "managed", ANY)));
        for (String table : List.of(
                "client where id",
                "device where client_id",
                "refresh_token where client_id",
                "device_authorization where client_id")) {
            assertTrue(Database.query("select from " + table + " = 'managed'").isEmpty(), table);
        }
        assertInstanceOf(Change.NotFound.class, Await.result(() -> service.delete(BY, "managed", ANY)));
    }

    @Test
    void whatTheConfigurationDeclaresIsChangedThereAlone() {
        ClientSpecification configured = Await.result(() -> service.find(TestClients.POST_SERVICE))
                .orElseThrow()
                .specification();
        String id = TestClients.POST_SERVICE;
        for (Change<?> change : List.of(
                update(named(configured, "Mine"), ANY),
                Await.result(() -> service.disable(BY, id, ANY)),
                Await.result(() -> service.enable(BY, id, ANY)),
                Await.result(() -> service.rotateSecret(BY, id, Duration.ZERO, ANY)),
                Await.result(() -> service.revokeFormerSecret(BY, id, ANY)),
                Await.result(() -> service.delete(BY, id, ANY)))) {
            assertEquals(new Change.DeclaredElsewhere<>(Source.CONFIGURATION), change);
        }
        assertEquals(
                "Service",
                Database.one("select name from client where id = ?", id).get("name"));
    }

    @Test
    void whatTheConfigurationDeclaresNoLongerIsFreeToBeTakenOver() {
        done(create(specification("none")));
        Database.update("update client set source = 'CONFIGURATION' where id = 'managed'");
        assertEquals(
                Source.API,
                done(update(named(specification("none"), "Mine"), ANY)).client().source());
    }

    @Test
    void aListIsReadPageByPageAndFilteredByIdOrName() {
        for (int i = 0; i < 5; i++) {
            done(create(specification("managed-" + i, "none")));
        }
        done(create(named(specification("managed-x", "none"), "Odd 100%_ name")));
        List<String> seen = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            String from = after.get();
            Page<RegisteredClient> page = Await.result(() -> service.list(new Page.Request(from, "MANAGED-", 4)));
            page.items().forEach(client -> seen.add(client.id()));
            after = page.next();
        }
        assertEquals(List.of("managed-0", "managed-1", "managed-2", "managed-3", "managed-4", "managed-x"), seen);
        assertTrue(Await.result(() -> service.find("a\0b")).isEmpty());
        assertInstanceOf(Change.NotFound.class, Await.result(() -> service.disable(BY, "a\0b", ANY)));
        assertEquals(
                List.of(),
                Await.result(() -> service.list(new Page.Request("\0", "no\0body", 4)))
                        .items());
        Page<RegisteredClient> odd = Await.result(() -> service.list(new Page.Request("", "100%_", 10)));
        assertEquals(1, odd.items().size());
        assertTrue(odd.next().isEmpty());
    }

    @Test
    void theScopesOfTheAdminApiAreForThoseWhoHaveThemAndNameThem() {
        ClientSpecification cli = scoped(specification("none"), "telemetry:write", "jeton:admin");
        done(create(cli));
        TestDevice.asking("managed");
        assertEquals(
                "telemetry:write",
                Database.one("select scope from device_authorization where client_id = 'managed'")
                        .get("scope"));
        TestDevice.post("/device_authorization", Map.of("client_id", "managed", "scope", "jeton:admin"))
                .then()
                .statusCode(200);
        TestDevice.post("/device_authorization", Map.of("client_id", "managed", "scope", "jeton:admin:read"))
                .then()
                .statusCode(400);
    }

    @Test
    @DisplayName("where no certificate can come, nobody is registered to show one")
    void certificatesNeedAWayToCome() {
        assertEquals(
                List.of("token-endpoint-auth-method"),
                paths("self_signed_tls_client_auth", Optional.of(TestKey.es256().set()), Optional.empty()));
        assertTrue(paths("tls_client_auth", Optional.empty(), Optional.empty()).contains("token-endpoint-auth-method"));
    }

    private List<String> paths(String method, Optional<String> jwks, Optional<String> jwksUri) {
        ClientSpecification client = specification(method);
        return rules
                .violations(new ClientSpecification(
                        client.id(),
                        client.name(),
                        true,
                        new ClientSpecification.Authentication(method, jwks, jwksUri, List.of()),
                        client.grantTypes(),
                        client.scopes(),
                        client.answersFor(),
                        client.tokens(),
                        client.refresh()))
                .stream()
                .map(Violation::path)
                .toList();
    }

    private static ClientSpecification specification(String method) {
        return specification("managed", method);
    }

    private static ClientSpecification specification(String id, String method) {
        ClientSpecification unsaid = ClientSpecification.UNSAID;
        return new ClientSpecification(
                id,
                "Managed",
                true,
                new ClientSpecification.Authentication(method, Optional.empty(), Optional.empty(), List.of()),
                List.of(TestDevice.GRANT, "refresh_token", "client_credentials"),
                List.of("telemetry:write"),
                List.of(),
                unsaid.tokens(),
                unsaid.refresh());
    }

    private static ClientSpecification named(ClientSpecification client, String name) {
        return new ClientSpecification(
                client.id(),
                name,
                client.enabled(),
                client.authentication(),
                client.grantTypes(),
                client.scopes(),
                client.answersFor(),
                client.tokens(),
                client.refresh());
    }

    private static ClientSpecification scoped(ClientSpecification client, String... scopes) {
        return new ClientSpecification(
                client.id(),
                client.name(),
                client.enabled(),
                client.authentication(),
                client.grantTypes(),
                List.of(scopes),
                client.answersFor(),
                client.tokens(),
                client.refresh());
    }

    @Test
    @DisplayName("the version before certificates may take a client back to a method it knows, subject or not")
    void theVersionBeforeMayGiveAnotherMethod() {
        ClientSpecification client = specification("none");
        done(create(client));
        Database.update("update client set token_endpoint_auth_method = 'tls_client_auth', certificate_subject_kind ="
                + " 'SAN_DNS', certificate_subject = 'vault.example.com' where id = 'managed'");
        assertEquals(1, Database.update("update client set token_endpoint_auth_method = 'none' where id = 'managed'"));
        RegisteredClient found = Await.result(() -> service.find("managed")).orElseThrow();
        assertEquals(List.of(), found.specification().authentication().subjects());
        done(update(named(client, "Managed again"), ANY));
        assertNull(row().get("certificate_subject"));
    }

    private Change<IssuedClient> create(ClientSpecification client) {
        return Await.result(() -> service.create(BY, client));
    }

    private Change<IssuedClient> update(ClientSpecification client, OptionalLong version) {
        return Await.result(() -> service.update(BY, client, version));
    }

    private static IssuedClient done(Change<IssuedClient> change) {
        assertInstanceOf(Change.Done.class, change, String.valueOf(change));
        return ((Change.Done<IssuedClient>) change).value();
    }

    private static void token(String secret, int status) throws Exception {
        Map<String, String> form =
                Map.of("grant_type", "client_credentials", "client_id", "managed", "client_secret", secret);
        TwoReplicas.agree(() -> TestDevice.post("/token", form).statusCode() == status);
    }

    private static Map<String, Object> row() {
        return Database.one("select * from client where id = 'managed'");
    }
}
