package io.jeton.device;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jeton.test.ServiceTest;
import io.restassured.http.Method;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.Path;
import java.nio.file.Paths;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
class UnknownAddressTest {
    private static final Set<String> PAGES = Set.of("", "device", "devices");
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String JDK = "text/html, image/gif, image/jpeg, */*; q=0.2";

    @ParameterizedTest
    @ValueSource(
            strings = {"/nowhere", "/device/nowhere", "/devices/a/b/c", "/assets/nothing.css", "/nowhere?q=1", "/a%00b"
            })
    void aBrowserGetsAPageThatLeadsOn(String path) {
        accepting(BROWSER)
                .get(path)
                .then()
                .statusCode(404)
                .contentType("text/html;charset=UTF-8")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("X-Frame-Options", equalTo("DENY"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Referrer-Policy", equalTo("same-origin"))
                .header("Cache-Control", equalTo("no-store"))
                .body(containsString("There is nothing here"), containsString("href=\"/device\""));
        assertEquals(404, accepting(BROWSER).head(path).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/json, text/html",
                "text/html;q=0.1, application/json",
                "text/htmlx",
                "image/*",
                ";;=,\"",
                ""
            })
    void whoeverElseAsksGetsTheErrorDocument(String accept) {
        accepting(accept)
                .get("/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/json")
                .header("Cache-Control", equalTo("no-store"))
                .body("error", equalTo("invalid_request"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/token/nothing",
                "/revoke/nothing",
                "/introspect/nothing",
                "/userinfo/nothing",
                "/device_authorization/nothing",
                "/jwks/nothing",
                "/statuslists/4711",
                "/statuslists/0/nothing",
                "/.well-known/nothing",
                "/admin",
                "/admin/nothing"
            })
    void belowAnEndpointNobodyGetsAPage(String path) {
        accepting(JDK)
                .get(path)
                .then()
                .statusCode(404)
                .contentType(startsWith("application/"))
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void everyEndpointForSoftwareIsKnownAsOne() {
        Set<String> rooms = new ClassFileImporter()
                .importPath(Paths.get("target/classes")).stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(type -> type.getAnnotationOfType(Path.class).value())
                        .map(path -> path.replaceFirst("^/", "").split("/", 2)[0])
                        .filter(room -> !PAGES.contains(room))
                        .collect(Collectors.toSet());
        assertTrue(rooms.contains("token"));
        rooms.removeAll(UnknownAddress.ENDPOINTS);
        assertEquals(Set.of(), rooms);
    }

    @Test
    void aFormThatIsSentNowhereGetsTheErrorDocument() {
        for (Method method : new Method[] {Method.POST, Method.PUT, Method.DELETE}) {
            accepting(BROWSER)
                    .request(method, "/nowhere")
                    .then()
                    .statusCode(404)
                    .contentType("application/json")
                    .body("error", equalTo("invalid_request"));
        }
    }

    private static RequestSpecification accepting(String accept) {
        return given().header("Accept", accept);
    }
}
