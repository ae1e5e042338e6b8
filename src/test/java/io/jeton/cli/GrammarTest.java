package io.jeton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jeton.admin.ClientBody;
import io.jeton.admin.JsonBody;
import io.jeton.admin.ProblemException;
import io.jeton.client.ClientSpecification;
import io.jeton.ops.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {
    @TempDir
    Path folder;

    @Test
    void aCommandIsANounAVerbAndWhatItNeeds() {
        Order order = understood("devices", "revoke", "d-1", "--reason", "lost", "--json");

        assertEquals("devices", order.noun());
        assertEquals("revoke", order.verb());
        assertEquals("d-1", order.name());
        assertEquals(Optional.of("lost"), order.text("--reason"));
        assertTrue(order.json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys",
                "keys burn",
                "devices revoke",
                "keys rotate --algo ES256",
                "keys compromised --jsn XQKMbzy",
                "users add alice --password secret",
                "clients show a b"
            })
    void whatIsNoCommandIsToldWithItsUsage(String line) {
        Grammar.Wrong wrong = assertInstanceOf(Grammar.Wrong.class, Grammar.read(line.split(" ")));
        assertTrue(wrong.text().contains("Usage: jeton"), wrong.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XQKMbzy", "--QKMbzy", "XQKMbzy-", "-hQKMbzy", "-h-KMbzy"})
    void aKeysIdMayBeginAsAnOptionDoes(String kid) {
        Order order = understood("keys", "compromised", kid, "--json");
        assertEquals(kid, order.name());
        assertTrue(order.json());
    }

    @Test
    void anyOtherNameMayDoSoBehindTwoHyphens() {
        assertEquals("-odd", understood("clients", "show", "--", "-odd").name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users add alice hunter2",
                "users add alice --password=hunter2",
                "users add alice -phunter2",
                "keys compromised x hunter2"
            })
    void aPasswordThatIsTakenForAnArgumentIsNotRepeated(String line) {
        Grammar.Wrong wrong = assertInstanceOf(Grammar.Wrong.class, Grammar.read(line.split(" ")));
        assertFalse(wrong.text().contains("hunter2"), wrong.text());
        assertTrue(wrong.text().lines().count() <= 4, wrong.text());
    }

    @Test
    void aWordThatBeginsWithAnAtSignIsNoFile() throws Exception {
        Path file = folder.resolve("words");
        Files.writeString(file, "--json --limit 5");

        Order order = understood("devices", "list", "--model", "@" + file);

        assertEquals(Optional.of("@" + file), order.text("--model"));
        assertFalse(order.json());
        assertEquals("@@ops", understood("clients", "show", "@@ops").name());
    }

    @Test
    void aWordThatTheLocaleCannotReadIsNotTakenForAnother() {
        Grammar.Wrong wrong = assertInstanceOf(Grammar.Wrong.class, Grammar.read("users", "disable", "J\uFFFDrgen"));
        assertTrue(wrong.text().contains("LC_ALL=C.UTF-8"), wrong.text());
    }

    @Test
    void helpIsForEveryCommand() {
        Grammar.Help help = assertInstanceOf(Grammar.Help.class, Grammar.read("clients", "add", "--help"));
        assertTrue(help.text().contains("--scope"), help.text());
        assertInstanceOf(Grammar.Help.class, Grammar.read("devices", "-h"));
        assertInstanceOf(Grammar.Help.class, Grammar.read("keys", "compromised", "--help"));
    }

    @Test
    void anOperatorsClientNeedsNothingButItsScope() throws Exception {
        ClientSpecification client = client("clients", "add", "ops", "--scope", "jeton:admin");

        assertEquals("ops", client.name());
        assertEquals("client_secret_basic", client.authentication().method());
        assertEquals(List.of("client_credentials"), client.grantTypes());
        assertEquals(List.of("jeton:admin"), client.scopes());
    }

    @Test
    void anyOtherClientIsADevicesWhereNothingElseIsSaid() throws Exception {
        ClientSpecification client = client("clients", "add", "kettle", "--scope", "openid,telemetry:write");

        assertEquals("none", client.authentication().method());
        assertEquals(List.of("urn:ietf:params:oauth:grant-type:device_code", "refresh_token"), client.grantTypes());
        assertEquals(List.of("openid", "telemetry:write"), client.scopes());
    }

    @Test
    void aClientMayBeDescribedByItsCertificate() throws Exception {
        ClientSpecification client = client(("clients add vault --auth tls_client_auth --certificate-bound"
                        + " --tls-client-auth-san-uri spiffe://example.com/vault")
                .split(" "));

        assertEquals("tls_client_auth", client.authentication().method());
        assertEquals(1, client.authentication().subjects().size());
        assertEquals(
                "spiffe://example.com/vault",
                client.authentication().subjects().get(0).value());
        assertTrue(client.tokens().certificateBound());
    }

    @Test
    void aReasonIsSaidOnceAndInALine() {
        Exception refused = new IllegalStateException("no connection: denied");
        Exception told =
                new IllegalStateException("schema: no connection: denied\n------------\nMessage: denied", refused);

        assertEquals("schema: no connection: denied", Failure.reason(told));
    }

    @Test
    void optionsAreAddedToWhatAFileSays() throws Exception {
        Path file = folder.resolve("client.json");
        Files.writeString(file, "{\"id\": \"kettle\", \"name\": \"Kettle\", \"retry_limit\": 3}");

        ClientSpecification client =
                client("clients", "add", "--from", file.toString(), "--grant-type", "device_code", "--status-list");

        assertEquals("Kettle", client.name());
        assertEquals(3, client.refresh().retryLimit());
        assertEquals(List.of("urn:ietf:params:oauth:grant-type:device_code"), client.grantTypes());
        assertTrue(client.tokens().statusList());
    }

    @Test
    void whatTheAdminApiWouldRefuseIsRefused() throws Exception {
        Path file = folder.resolve("client.json");
        Files.writeString(file, "{\"id\": \"kettle\", \"colour\": \"red\"}");

        ProblemException refused =
                assertThrows(ProblemException.class, () -> client("clients", "add", "--from", file.toString()));
        assertEquals("#/colour", refused.problem().errors().get(0).pointer());
    }

    private static Order understood(String... args) {
        return assertInstanceOf(Grammar.Understood.class, Grammar.read(args)).order();
    }

    private static ClientSpecification client(String... args) throws Exception {
        ObjectNode description = ClientDescription.read(understood(args));
        return ClientBody.ofNew(new JsonBody(description));
    }
}
