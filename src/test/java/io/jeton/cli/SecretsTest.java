package io.jeton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private final Secrets secrets = of(Map.of(
            "quarkus.datasource.password", "hunter2",
            "quarkus.datasource.reactive.url", "postgresql://jeton:s#cr@t^@db.example.com:5432/jeton",
            "quarkus.datasource.jdbc.url", "jdbc:postgresql://db/jeton?user=u&password=hunter3&sslpassword=hunter4",
            "jeton.keys.encryption-key", "too short",
            "jeton.keys.previous-encryption-keys", "former,older",
            "jeton.keys.pkcs11.pin", "4711",
            "quarkus.datasource.username", "jeton"));

    @Test
    void whatAnAddressHoldsIsHiddenWithAndWithoutTheRestOfIt() {
        assertEquals("jeton:***@db.example.com", secrets.hide("jeton:s#cr@t^@db.example.com"));
        assertEquals("?password=***&sslpassword=***", secrets.hide("?password=hunter3&sslpassword=hunter4"));
    }

    @Test
    void passwordsAndKeysAreHidden() {
        assertEquals("*** is not ***", secrets.hide("too short is not hunter2"));
        assertEquals("***, *** and ***", secrets.hide("former, older and 4711"));
    }

    @Test
    void anythingElseIsTold() {
        assertEquals("no database jeton at db.example.com", secrets.hide("no database jeton at db.example.com"));
        assertEquals("as it is", of(Map.of()).hide("as it is"));
        assertEquals("as it is", of(Map.of("quarkus.datasource.password", "")).hide("as it is"));
    }

    private static Secrets of(Map<String, String> settings) {
        return Secrets.of(name -> Optional.ofNullable(settings.get(name)));
    }
}
