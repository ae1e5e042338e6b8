package io.jeton.user;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.crypto.PasswordHash;
import io.jeton.test.Browser;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class AccountDeclarationsTest {
    @Inject
    AccountReconciliationService accounts;

    private String name;

    private record Declared(Optional<String> password, Optional<List<String>> roles, boolean enabled)
            implements AccountConfig.Declaration {}

    @BeforeEach
    void somebodyNew() {
        name = "person " + new Random().nextLong();
    }

    @Test
    void aRestartKeepsTheHashThatFits() throws Throwable {
        declare("correct horse", true);
        Map<String, Object> first = row();
        declare("correct horse", true);
        assertEquals(first, row());
    }

    @Test
    void anotherPasswordIsTakenOverByTheSameAccount() throws Throwable {
        declare("correct horse", true);
        Map<String, Object> first = row();
        declare("battery staple", false);

        assertEquals(first.get("id"), row().get("id"));
        assertNotEquals(first.get("password_hash"), row().get("password_hash"));
        assertTrue(PasswordHash.matches((String) row().get("password_hash"), "battery staple"));
        assertEquals(false, row().get("enabled"));
    }

    @Test
    void anotherPasswordEndsTheSessionsAndTheSameOneDoesNot() throws Throwable {
        declare(Browser.PASSWORD, true);
        Browser browser = Browser.signedIn(name);
        declare(Browser.PASSWORD, true);
        browser.get("/device").then().body(containsString("Signed in as"));

        declare("battery staple", true);
        browser.get("/device").then().body(containsString("Sign in to connect"));
    }

    @Test
    void aPasswordOfSevenCharactersStopsTheStartByTheNameOfItsProperty() {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> declare("seven77", true));
        assertTrue(refused.getMessage().contains("jeton.accounts.\"" + name + "\".password"));
        assertFalse(refused.getMessage().contains("seven77"));
        assertTrue(Database.query("select from account where name = ?", name).isEmpty());
    }

    @Test
    void aNameThatNobodyCanTypeStopsTheStart() {
        for (String unusable : new String[] {" spaced ", "  ", "x".repeat(101)}) {
            name = unusable;
            assertThrows(ConfigurationException.class, () -> declare("correct horse", true));
        }
    }

    private void declare(String password, boolean enabled) throws Throwable {
        AccountConfig config =
                () -> Map.of(name, new Declared(Optional.of(password), Optional.of(List.of("admin")), enabled));
        new AccountDeclarations(config, accounts).start(new StartupEvent());
    }

    private Map<String, Object> row() {
        return Database.one("select id, password_hash, enabled, roles, version from account where name = ?", name);
    }
}
