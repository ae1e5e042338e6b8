package io.jeton.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartUpTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private final Map<String, String> configuration = new HashMap<>();

    @Test
    void withNothingConfiguredTheDemoStarts() {
        assertEquals(new StartUp.OnDemo(), decide());
        configuration.put("jeton.demo.enabled", "true");
        assertEquals(new StartUp.OnDemo(), decide());
    }

    @Test
    void inKubernetesOrWithDemoModeOffOrAbsentAMissingDatabaseIsAnError() {
        complete();
        configuration.remove(StartUp.REACTIVE_URL);
        assertRefused(StartUp.decide(this::configured, true, true), "QUARKUS_DATASOURCE_REACTIVE_URL");
        assertRefused(StartUp.decide(this::configured, false, false), "QUARKUS_DATASOURCE_REACTIVE_URL");
        configuration.put("jeton.demo.enabled", "false");
        assertRefused(decide(), "QUARKUS_DATASOURCE_REACTIVE_URL");
    }

    @Test
    void aDatabaseIsNeverIgnoredInFavourOfTheDemo() {
        configuration.put(StartUp.JDBC_URL, "jdbc:postgresql://db.example.com/jeton");
        assertRefused(decide(), "JETON_ISSUER", "JETON_KEYS_ENCRYPTION_KEY");
    }

    @Test
    void quarkusOwnForwardingIsRefused() {
        complete();
        configuration.put(StartUp.FORWARDING, "false");
        assertInstanceOf(StartUp.Production.class, decide());
        configuration.put(StartUp.FORWARDING, "true");
        assertRefused(decide(), "JETON_HTTP_TRUSTED_PROXIES");
        configuration.clear();
        configuration.put(StartUp.FORWARDING, "true");
        assertInstanceOf(StartUp.Refused.class, decide());
    }

    @Test
    void everyReasonIsNamedAtOnce() {
        configuration.put("jeton.demo.enabled", "false");
        assertRefused(decide(), "QUARKUS_DATASOURCE_REACTIVE_URL", "JETON_ISSUER", "JETON_KEYS_ENCRYPTION_KEY");
    }

    @Test
    void oneAddressOfTheDatabaseIsEnough() {
        complete();
        assertEquals(
                new StartUp.Production(Map.of(StartUp.JDBC_URL, "jdbc:postgresql://db.example.com:5432/jeton")),
                decide());
        configuration.put(StartUp.REACTIVE_URL, "vertx-reactive:postgresql://db.example.com:5432/jeton");
        assertEquals(
                new StartUp.Production(Map.of(StartUp.JDBC_URL, "jdbc:postgresql://db.example.com:5432/jeton")),
                decide());
        configuration.remove(StartUp.REACTIVE_URL);
        configuration.put(StartUp.JDBC_URL, "jdbc:postgresql://db.example.com:5432/jeton");
        assertEquals(
                new StartUp.Production(Map.of(StartUp.REACTIVE_URL, "postgresql://db.example.com:5432/jeton")),
                decide());
        configuration.put(StartUp.REACTIVE_URL, "postgresql://other.example.com:5432/jeton");
        assertEquals(new StartUp.Production(Map.of()), decide());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://tokens.example.com",
                " https://tokens.example.com:8443/a/path ",
                "http://localhost:8080",
                "http://127.0.0.1",
                "http://[::1]:8080"
            })
    void anIssuerIsHttpsOrOnThisMachine(String issuer) {
        complete();
        configuration.put(StartUp.ISSUER, issuer);
        assertInstanceOf(StartUp.Production.class, decide());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tokens.example.com",
                "http://tokens.example.com",
                "https://",
                "https:tokens",
                "ftp://localhost",
                "https://tokens.example.com?tenant=1",
                "https://tokens.example.com#here",
                "https://me@tokens.example.com",
                "https://not a host"
            })
    void anythingElseIsNoIssuer(String issuer) {
        complete();
        configuration.put(StartUp.ISSUER, issuer);
        assertRefused(decide(), "JETON_ISSUER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "not base64 at all!", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISI="})
    void aKeyEncryptionKeyHas32Bytes(String key) {
        complete();
        configuration.put(StartUp.ENCRYPTION_KEY, key);
        StartUp.Refused refused = assertRefused(decide(), "openssl rand -base64 32");
        assertTrue(key.isEmpty() || !refused.toString().contains(key), "the key is not repeated");
    }

    @Test
    void aKeyEncryptionKeyHasOneSource() {
        complete();
        configuration.put(StartUp.ENCRYPTION_KEY + "-file", "/run/secrets/key");
        assertRefused(decide(), "set one of");
        configuration.remove(StartUp.ENCRYPTION_KEY);
        assertInstanceOf(StartUp.Production.class, decide());
        configuration.put(StartUp.ENCRYPTION_KEY + "-command", "kms decrypt");
        assertRefused(decide(), "set one of");
        configuration.remove(StartUp.ENCRYPTION_KEY + "-file");
        assertInstanceOf(StartUp.Production.class, decide());
    }

    private void complete() {
        configuration.put(StartUp.REACTIVE_URL, "postgresql://db.example.com:5432/jeton");
        configuration.put(StartUp.ISSUER, "https://tokens.example.com");
        configuration.put(StartUp.ENCRYPTION_KEY, KEY);
    }

    private Optional<String> configured(String property) {
        return Optional.ofNullable(configuration.get(property));
    }

    private StartUp decide() {
        return StartUp.decide(this::configured, false, true);
    }

    private static StartUp.Refused assertRefused(StartUp decision, String... parts) {
        StartUp.Refused refused = assertInstanceOf(StartUp.Refused.class, decision);
        List<String> reasons = refused.reasons();
        assertEquals(parts.length, reasons.size(), reasons.toString());
        for (int i = 0; i < parts.length; i++) {
            assertTrue(reasons.get(i).contains(parts[i]), reasons.get(i));
        }
        return refused;
    }
}
