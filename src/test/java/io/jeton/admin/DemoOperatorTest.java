package io.jeton.admin;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The demo's operator opens the admin API of the demo, and of nothing else. */
@ServiceTest
class DemoOperatorTest {
    private static final String OPERATOR = "demo-admin";

    @Test
    void outsideTheDemoThereIsNone() {
        assertEquals(List.of(), Database.query("select id from client where id = ?", OPERATOR));
        TestDevice.post(
                        "/token",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                OPERATOR,
                                "client_secret",
                                TestClients.SECRET,
                                "scope",
                                "jeton:admin"))
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void itsSecretIsPublishedNowhere() throws IOException {
        String published = Files.readString(Path.of("src/demo/resources/demo.properties"));
        assertTrue(published.contains("\"" + OPERATOR + "\".scopes=jeton:admin"));
        assertFalse(published.contains("\"" + OPERATOR + "\".secret"));
    }

    @Test
    void nothingOutsideTheDemoKnowsIt() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(OPERATOR),
                        file.toString());
            }
        }
    }
}
