package io.jeton.admin;

import static io.jeton.test.TestOperator.bearer;
import static io.jeton.test.TestOperator.reader;
import static io.jeton.test.TestOperator.token;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestFleet;
import io.jeton.test.TestService;
import io.restassured.path.json.JsonPath;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the description says is there, and what is there is described. */
@ServiceTest
class AdminDescriptionTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private record Route(String method, String path) implements Comparable<Route> {
        /** The same with something where the names are. */
        String address() {
            return path.replaceAll("\\{[^}]+}", "00000000-0000-0000-0000-000000000000");
        }

        String verb() {
            return method.toUpperCase(Locale.ROOT);
        }

        @Override
        public int compareTo(Route other) {
            return toString().compareTo(other.toString());
        }
    }

    private JsonPath description = JsonPath.from("{}");

    @BeforeEach
    void theDescription() {
        description = given().get("/admin/openapi.json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() throws IOException {
        assertEquals(routes(), described());
    }

    @Test
    void aPersonFindsTheirWay() {
        for (Route route : described()) {
            Map<String, Object> operation = operation(route);
            assertTrue(String.valueOf(operation.get("summary")).length() > 5, route + " has no summary");
            assertNotEquals(null, operation.get("operationId"), route + " has no operationId");
            assertNotEquals(null, operation.get("tags"), route + " has no tag");
            if (operation.get("requestBody") instanceof Map<?, ?> body) {
                assertTrue(body.get("content") instanceof Map<?, ?>, route + ": its body is of no type");
            }
        }
        List<String> names = described().stream()
                .map(route -> String.valueOf(operation(route).get("operationId")))
                .toList();
        assertEquals(new TreeSet<>(names).size(), names.size());
        List<Map<String, Object>> tags = description.getList("tags");
        assertTrue(tags.stream().allMatch(tag -> tag.get("description") != null), "a tag has no description");
    }

    @Test
    void everyRouteSaysItsStatuses() {
        for (Route route : described()) {
            Set<String> statuses = responses(route);
            assertTrue(statuses.stream().anyMatch(status -> status.startsWith("2")), route + " never succeeds");
            require(route, statuses, "400", "401", "403", "429", "503");
            if (route.path.contains("{")) {
                require(route, statuses, "404");
            }
            if (operation(route).containsKey("requestBody")) {
                require(route, statuses, "413", "415", "422");
            }
            if (Set.of("put", "patch", "delete").contains(route.method)) {
                require(route, statuses, "409", "412", "428");
            }
        }
    }

    @Test
    void everyAnswerHasAShape() {
        for (Route route : described()) {
            Map<String, Map<String, Object>> answers = answers(route);
            for (Map.Entry<String, Map<String, Object>> answer : answers.entrySet()) {
                String where = route + " " + answer.getKey() + ": ";
                assertTrue(answer.getValue().get("content") instanceof Map<?, ?>, where + "no content");
                Map<?, ?> content = (Map<?, ?>) answer.getValue().get("content");
                assertTrue(
                        content.values().stream()
                                .allMatch(type -> type instanceof Map<?, ?> map && map.containsKey("schema")),
                        where + "no schema");
            }
        }
    }

    @Test
    void everyRouteSaysItNeedsATokenAndDoes() {
        List<Map<String, Object>> everywhere = description.getList("security");
        assertEquals(List.of(Map.of("token", List.of())), everywhere);
        assertEquals("bearer", description.getString("components.securitySchemes.token.scheme"));
        assertEquals("Jeton admin API", description.getString("info.title"));
        assertEquals("object", description.getString("components.schemas.Problem.type"));
        String readOnly = token("jeton:admin:read");
        String other = TestService.token(TestClients.POST_SERVICE).path("access_token");
        for (Route route : described()) {
            assertEquals(null, operation(route).get("security"), route + " has a security of its own");
            assertEquals(401, given().request(route.verb(), route.address()).statusCode(), route.toString());
            assertEquals(
                    403, bearer(other).request(route.verb(), route.address()).statusCode(), route.toString());
            if (!route.method.equals("get")) {
                assertEquals(
                        403,
                        bearer(readOnly).request(route.verb(), route.address()).statusCode(),
                        route.toString());
            }
        }
    }

    @Test
    void aDocumentHasTheMembersThatAreDescribed() {
        TestFleet.of(1);
        Map<String, String> kinds = Map.of(
                "Client", "/admin/clients",
                "User", "/admin/users",
                "Device", "/admin/devices",
                "Grant", "/admin/grants");
        for (Map.Entry<String, String> kind : kinds.entrySet()) {
            Map<String, Object> properties = description.getMap("components.schemas." + kind.getKey() + ".properties");
            List<Map<String, Object>> items = reader().get(kind.getValue()).path("items");
            assertNotEquals(List.of(), items);
            items.forEach(item ->
                    assertTrue(properties.keySet().containsAll(item.keySet()), kind.getKey() + ": " + item.keySet()));
        }
    }

    private static void require(Route route, Set<String> said, String... statuses) {
        assertTrue(said.containsAll(Set.of(statuses)), route + " says " + said);
    }

    private Map<String, Object> operation(Route route) {
        return description.getMap("paths.'" + route.path + "'." + route.method);
    }

    private Set<String> responses(Route route) {
        return answers(route).keySet();
    }

    private Map<String, Map<String, Object>> answers(Route route) {
        return description.getMap("paths.'" + route.path + "'." + route.method + ".responses");
    }

    private Set<Route> described() {
        Map<String, Map<String, Object>> paths = description.getMap("paths");
        return paths.entrySet().stream()
                .flatMap(path -> path.getValue().keySet().stream()
                        .filter(METHODS::contains)
                        .map(method -> new Route(method, path.getKey())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** By the annotations of the classes. */
    private static Set<Route> routes() throws IOException {
        try (Stream<Path> classes = Files.list(Path.of("target/classes/io/jeton/admin"))) {
            return classes.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Resource.class"))
                    .flatMap(name -> routes("io.jeton.admin." + name.replace(".class", "")))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<Route> routes(String name) {
        Class<?> type;
        try {
            type = Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        String root = type.getAnnotation(jakarta.ws.rs.Path.class).value();
        return Stream.of(type.getDeclaredMethods()).flatMap(method -> Stream.of(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(verb -> new Route(verb.value().toLowerCase(Locale.ROOT), root + below(method))));
    }

    private static String below(Method method) {
        jakarta.ws.rs.Path path = method.getAnnotation(jakarta.ws.rs.Path.class);
        return path == null ? "" : path.value();
    }
}
