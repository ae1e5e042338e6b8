package io.jeton.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.discovery.Issuer;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class ClientDeclarationsTest {
    private static final String SECRET = "0123456789-0123456789-0123456789";

    @Inject
    ClientRules rules;

    @Inject
    ClientReconciliationService registry;

    @Inject
    Issuer issuer;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void aDevice() {
        settings.clear();
        set("name", "Kettle");
    }

    @Test
    void aClientIsWrittenOnceAndChangedByTheNextStart() throws Throwable {
        declare();
        Map<String, Object> first = row();
        assertEquals(issuer.value(), first.get("audience"));
        assertEquals("ES256", first.get("access_token_alg"));
        declare();
        assertEquals(first, row());
        set("name", "Tea kettle");
        set("enabled", "false");
        declare();
        assertEquals("Tea kettle", row().get("name"));
        assertEquals(false, row().get("enabled"));
    }

    @Test
    void whatIsWrongStopsTheStartByTheNameOfItsProperty() {
        refused("token-endpoint-auth-method", "private_key");
        refused("access-token-alg", "HS256");
        refused("access-token-alg", "none");
        refused("access-token-typ", "jwt");
        refused("id-token-alg", "none");
        refused("access-token-lifetime", "PT0S");
        refused("refresh-idle-lifetime", "PT-1S");
        refused("refresh-absolute-lifetime", "PT0.5S");
        refused("scopes", "good,not\"good");
        refused("access-token-lifetime", "PT24H1S");
        refused("refresh-idle-lifetime", "P401D");
        refused("retry-window", "PT-1S");
        refused("retry-limit", "-1");
        refused("grant-types", "password");
        refused("jwks", "{\"keys\":[]}");
        refused("jwks-uri", "https://example.com/jwks");
        refused("name", " ");
        settings.put("jeton.clients.\"caf\u00e9\".name", "Caf\u00e9");
        assertThrows(ConfigurationException.class, this::declare);
    }

    @Test
    void aPublicClientHasNoSecretAndAConfidentialOneAGoodOne() throws Throwable {
        refused("secret", SECRET);
        set("token-endpoint-auth-method", "client_secret_basic");
        assertThrows(ConfigurationException.class, this::declare);
        refused("secret", "0123456789-0123456789-012345678");
        set("secret", SECRET);
        declare();
        assertFalse(row().toString().contains(SECRET));
    }

    @Test
    void ifOneClientIsWrongNoneIsWritten() {
        Database.update("delete from client where id = 'tried'");
        settings.put("jeton.clients.\"wrong\".name", "Wrong");
        settings.put("jeton.clients.\"wrong\".id-token-alg", "none");
        assertThrows(ConfigurationException.class, this::declare);
        assertTrue(Database.query("select from client where id in ('tried', 'wrong')")
                .isEmpty());
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        set("access-token-alg", "HS256");
        set("retry-limit", "-1");
        settings.put("jeton.clients.\"other\".id-token-alg", "none");
        String message =
                assertThrows(ConfigurationException.class, this::declare).getMessage();
        assertEquals(4, message.lines().count(), message);
        assertTrue(message.contains("jeton.clients.\"other\".name must"), message);
        settings.remove("jeton.clients.\"other\".id-token-alg");
    }

    @Test
    void aStartThatChangesNothingWritesNothing() throws Throwable {
        declare();
        Object before = Database.one("select xmin::text, version, updated_at from client where id = 'tried'");
        declare();
        assertEquals(before, Database.one("select xmin::text, version, updated_at from client where id = 'tried'"));
        set("name", "Tea kettle");
        declare();
        assertEquals(
                ((Map<?, ?>) before).get("version"),
                (long) Database.one("select version from client where id = 'tried'")
                                .get("version")
                        - 1);
    }

    private void refused(String property, String value) {
        Map<String, String> before = Map.copyOf(settings);
        set(property, value);
        String message =
                assertThrows(ConfigurationException.class, this::declare).getMessage();
        assertTrue(message.contains("jeton.clients.\"tried\"." + property), message);
        assertFalse(message.contains(SECRET), message);
        settings.clear();
        settings.putAll(before);
    }

    private void set(String property, String value) {
        settings.put("jeton.clients.\"tried\"." + property, value);
    }

    private void declare() throws Throwable {
        ClientConfig config = new SmallRyeConfigBuilder()
                .withDefaultValues(settings)
                .withMapping(ClientConfig.class)
                .build()
                .getConfigMapping(ClientConfig.class);
        new ClientDeclarations(config, rules, registry).start(new StartupEvent());
    }

    private Map<String, Object> row() {
        Map<String, Object> row = Database.one("select * from client where id = 'tried'");
        row.keySet().removeAll(Set.of("updated_at", "version"));
        return row;
    }
}
