package io.jeton.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestService;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@ServiceTest
@DisplayName("RFC 6749 §4.4 client credentials")
class ClientCredentialsTest {
    @Test
    void theAnswerHasAnAccessTokenAndNothingToRenewItBy() {
        long before = rows();
        request(TestClients.SERVICE, "scope", "telemetry:read")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("Pragma", "no-cache")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(3600))
                .body("scope", equalTo("telemetry:read"))
                .body("refresh_token", nullValue())
                .body("refresh_token_expires_in", nullValue())
                .body("id_token", nullValue());
        assertEquals(before, rows());
    }

    @Test
    @DisplayName("RFC 9068 §2.2: sub is the client, where no person takes part")
    void theTokenSaysWhoTheClientIsAndNothingElse() {
        Map<String, Object> claims = claims(request(TestClients.SERVICE));
        assertEquals(Set.of("iss", "sub", "aud", "client_id", "jti", "iat", "exp", "scope"), claims.keySet());
        assertEquals(TestClients.SERVICE, claims.get("sub"));
        assertEquals(TestClients.SERVICE, claims.get("client_id"));
        String issuer = given().get("/.well-known/openid-configuration").path("issuer");
        assertEquals(issuer, claims.get("iss"));
        assertEquals(issuer, claims.get("aud"));
        assertEquals(3600, (int) claims.get("exp") - (int) claims.get("iat"));
    }

    @Test
    void noTwoTokensHaveOneId() {
        assertNotEquals(
                claims(request(TestClients.SERVICE)).get("jti"),
                claims(request(TestClients.SERVICE)).get("jti"));
    }

    @Test
    void aRequestWithoutScopeGetsAllThatIsRegistered() {
        request(TestClients.SERVICE).then().body("scope", equalTo("telemetry:read telemetry:write"));
        request(TestClients.SERVICE, "scope", "").then().body("scope", equalTo("telemetry:read telemetry:write"));
    }

    @Test
    void aScopeThatIsNotRegisteredIsRefused() {
        for (String scope : new String[] {"admin", "telemetry:read admin", "openid", " ", "telemetry:*"}) {
            request(TestClients.SERVICE, "scope", scope)
                    .then()
                    .statusCode(400)
                    .header("Cache-Control", "no-store")
                    .body("error", equalTo("invalid_scope"));
        }
    }

    @Test
    void aClientThatIsNotRegisteredForTheGrantIsUnauthorized() {
        TestDevice.post("/token", Map.of("grant_type", "client_credentials", "client_id", TestClients.DEVICE))
                .then()
                .statusCode(400)
                .body("error", equalTo("unauthorized_client"));
    }

    @Test
    @DisplayName("§4.4: only confidential clients")
    void aPublicClientIsUnauthorizedEvenWhereItIsRegistered() {
        TestDevice.post("/token", Map.of("grant_type", "client_credentials", "client_id", TestClients.BOLD_DEVICE))
                .then()
                .statusCode(400)
                .body("error", equalTo("unauthorized_client"));
    }

    @Test
    void aDisabledClientIsUnknown() {
        TestService.token(TestClients.DISABLED_SERVICE).then().statusCode(401).body("error", equalTo("invalid_client"));
    }

    private static Response request(String client, String... parameters) {
        Map<String, String> form = new HashMap<>(Map.of("grant_type", "client_credentials"));
        for (int i = 0; i < parameters.length; i += 2) {
            form.put(parameters[i], parameters[i + 1]);
        }
        String pair = client + ":" + URLEncoder.encode(TestClients.SECRET, StandardCharsets.UTF_8);
        return given().contentType("application/x-www-form-urlencoded")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .formParams(form)
                .post("/token");
    }

    private static Map<String, Object> claims(Response response) {
        response.then().statusCode(200);
        String payload = response.<String>path("access_token").split("\\.", -1)[1];
        return JsonPath.from(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .getMap("");
    }

    private static long rows() {
        return (long)
                Database.one("select (select count(*) from refresh_token) + (select count(*) from device) as rows")
                        .get("rows");
    }
}
