package io.jeton.discovery;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.OtherSettings;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestKey;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
@TestProfile(OtherSettings.class)
@DisplayName("RFC 8414 §3.1: an issuer with a path")
class IssuerWithPathTest {
    private static final String ISSUER = OtherSettings.ISSUER;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server/tokens/eu",
                "/.well-known/openid-configuration/tokens/eu",
                "/tokens/eu/.well-known/openid-configuration",
                // Behind a proxy that strips the path.
                "/.well-known/openid-configuration"
            })
    void theMetadataIsFoundBothWays(String path) {
        given().get(path)
                .then()
                .statusCode(200)
                .body("issuer", equalTo(ISSUER))
                .body("jwks_uri", equalTo(ISSUER + "/jwks"))
                .body("token_endpoint", equalTo(ISSUER + "/token"))
                .body("device_authorization_endpoint", equalTo(ISSUER + "/device_authorization"));
    }

    @Test
    void theEndpointsAnswerBelowThePath() {
        given().get("/tokens/eu/jwks").then().statusCode(200);
        given().contentType("application/x-www-form-urlencoded")
                .body("client_id=test-device&grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code="
                        + code())
                .post("/tokens/eu/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("authorization_pending"));
    }

    private static String code() {
        Response codes = given().contentType("application/x-www-form-urlencoded")
                .body("client_id=test-device")
                .post("/tokens/eu/device_authorization");
        codes.then().statusCode(200).body("verification_uri", equalTo(ISSUER + "/device"));
        return codes.path("device_code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tokens/eu/token", "/token"})
    @DisplayName(
            "RFC 9449 §4.3, §8: a proof names the issuer's address, whatever the proxy leaves of it, and a nonce if it must")
    void aProofIsForTheAddressOfTheIssuer(String path) {
        TestKey key = TestKey.es256();
        String code = code();
        for (String other : List.of("http://localhost/token", "https://tokens.example.com/token", ISSUER + "/revoke")) {
            polled(path, code, key.proof("POST", other)).body("error", equalTo("invalid_dpop_proof"));
        }
        String nonce = polled(path, code, key.proof("POST", ISSUER + "/token"))
                .body("error", equalTo("use_dpop_nonce"))
                .extract()
                .header("DPoP-Nonce");
        polled(path, code, key.proof("POST", ISSUER + "/token", "nonce", nonce))
                .body("error", equalTo("authorization_pending"));
    }

    private static ValidatableResponse polled(String path, String code, String proof) {
        return given().header("DPoP", proof)
                .contentType("application/x-www-form-urlencoded")
                .body("client_id=test-device&grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code="
                        + code)
                .post(path)
                .then()
                .statusCode(400);
    }

    @Test
    void thePageLinksAndItsCookiesStayBelowThePath() {
        Response page = given().get("/tokens/eu/device?user_code=BCDF-GHJK");
        page.then()
                .statusCode(200)
                .body(containsString("action=\"/tokens/eu/device/sign-in\""))
                .body(containsString("BCDF-GHJK"));
        page.then().header("Strict-Transport-Security", "max-age=31536000");
        page.headers().getValues("Set-Cookie").forEach(cookie -> {
            assertTrue(cookie.contains("Secure") && cookie.contains("HttpOnly"), cookie);
            assertTrue(cookie.startsWith("__Host-") || cookie.contains("Path=/tokens/eu"), cookie);
        });
        String style = page.htmlPath().getString("html.head.link.find { it.@rel == 'stylesheet' }.@href");
        assertTrue(style.startsWith("/tokens/eu/assets/"), style);
        given().get(style).then().statusCode(200);
    }

    @Test
    void thePageWhereNothingIsLeadsOnBelowThePath() {
        given().header("Accept", "text/html")
                .get("/tokens/eu/nowhere")
                .then()
                .statusCode(404)
                .body(containsString("href=\"/tokens/eu/device\""));
        given().header("Accept", "text/html")
                .get("/tokens/eu/token/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/json");
    }

    @Test
    void anAnswerThatWasRoutedTwiceHasOneDate() {
        assertEquals(
                1, given().get("/tokens/eu/jwks").headers().getValues("Date").size());
        assertEquals(
                1, given().get("/tokens/eu/device").headers().getValues("Date").size());
    }

    @Test
    void whatIsNotBelowThePathIsNotThere() {
        given().get("/.well-known/openid-configuration/tokens").then().statusCode(404);
        given().get("/tokens/eujwks").then().statusCode(404);
        given().get("/tokens/eu/tokens/eu/jwks").then().statusCode(404);
        given().get("/tokens/eu".repeat(350) + "/jwks").then().statusCode(404);
        assertEquals(404, given().get("/tokens/jwks").statusCode());
    }
}
