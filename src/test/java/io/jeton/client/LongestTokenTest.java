package io.jeton.client;

import static io.jeton.test.TestOperator.bearer;
import static io.jeton.test.TestOperator.token;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.ServiceTest;
import io.jeton.test.TestKey;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@ServiceTest
@DisplayName("What is minted is read back")
class LongestTokenTest {
    private static final String CLIENTS = "/admin/clients";
    private final String id = "many-audiences-" + UUID.randomUUID();
    private String operator;

    @BeforeEach
    void anOperator() {
        operator = token("jeton:admin");
    }

    @Test
    void theLongestAudienceThatIsAcceptedMakesATokenThatCanBeUsed() {
        register(150)
                .then()
                .statusCode(422)
                .body("errors[0].pointer", equalTo("#/audience"))
                .body("errors[0].detail", containsString("more than 4096 are not read back"));
        Response registered = IntStream.iterate(149, i -> i - 1)
                .mapToObj(this::register)
                .filter(answer -> answer.statusCode() == 201)
                .findFirst()
                .orElseThrow();

        String secret = registered.path("client_secret");
        TestKey key = TestKey.es256();
        String issuer = given().get("/.well-known/openid-configuration").path("issuer");
        Response answer = given().header("DPoP", key.proof("POST", issuer + "/token"))
                .formParams(Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret))
                .post("/token");
        String token = answer.then().statusCode(200).extract().path("access_token");
        assertTrue(token.length() > 3700 && token.length() <= 4096, "a token of " + token.length());
        given().formParams(Map.of("client_id", id, "client_secret", secret, "token", token))
                .post("/introspect")
                .then()
                .statusCode(200)
                .body("active", equalTo(true));
    }

    private Response register(int audiences) {
        String list = IntStream.range(0, audiences)
                .mapToObj(i -> "\"https://api%03d.example\"".formatted(i))
                .collect(Collectors.joining(", ", "[\"" + id + "\", ", "]"));
        return bearer(operator)
                .contentType("application/json")
                .body("""
                        {"id": "%s", "name": "Reader", "token_endpoint_auth_method": "client_secret_post",
                         "grant_types": ["client_credentials"], "scopes": ["telemetry:read"],
                         "access_token_alg": "RS256", "audience": %s}""".formatted(id, list))
                .post(CLIENTS);
    }
}
