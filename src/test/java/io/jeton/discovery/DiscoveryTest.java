package io.jeton.discovery;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.test.ServiceTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@ServiceTest
@DisplayName("RFC 8414 and OpenID Connect Discovery")
class DiscoveryTest {
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    @Test
    void membersAndTheirValuesStandByNameSoThatEveryBuildSaysTheSame() {
        Map<String, Object> members = given().get(OPENID).jsonPath().getMap("");
        List<String> names = List.copyOf(members.keySet());
        assertEquals("issuer", names.get(0));
        assertEquals(names.stream().skip(1).sorted().toList(), names.subList(1, names.size()));
        members.forEach((name, value) -> {
            if (value instanceof List<?> values) {
                assertEquals(values.stream().sorted().toList(), values, name);
            }
        });
    }

    @Test
    void bothDocumentsAreOne() {
        assertArrayEquals(given().get(OPENID).asByteArray(), given().get(OAUTH).asByteArray());
    }

    @Test
    void theMetadataSaysWhatIsThere() {
        Response metadata = given().get(OAUTH);
        String issuer = metadata.path("issuer");
        metadata.then()
                .statusCode(200)
                .contentType("application/json")
                .body("device_authorization_endpoint", equalTo(issuer + "/device_authorization"))
                .body("token_endpoint", equalTo(issuer + "/token"))
                .body("jwks_uri", equalTo(issuer + "/jwks"))
                .body("response_types_supported", empty())
                .body(
                        "grant_types_supported",
                        containsInAnyOrder(
                                "urn:ietf:params:oauth:grant-type:device_code",
                                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                                "refresh_token",
                                "client_credentials"))
                .body(
                        "token_endpoint_auth_methods_supported",
                        containsInAnyOrder(
                                "none",
                                "client_secret_basic",
                                "client_secret_post",
                                "client_secret_jwt",
                                "private_key_jwt"))
                .body("$", not(hasKey("tls_client_certificate_bound_access_tokens")))
                .body("$", not(hasKey("mtls_endpoint_aliases")))
                .body("code_challenge_methods_supported", equalTo(java.util.List.of("S256")))
                .body("id_token_signing_alg_values_supported", hasItems("RS256", "ES256", "EdDSA"))
                .body("subject_types_supported", hasItems("public"));
    }

    @Test
    void everyEndpointThatIsAdvertisedAnswers() {
        Map<String, Object> members = given().get(OPENID).jsonPath().getMap("");
        String issuer = (String) members.get("issuer");
        members.forEach((name, value) -> {
            if (name.endsWith("_endpoint")) {
                String path = ((String) value).substring(issuer.length());
                given().post(path).then().statusCode(not(404));
            }
        });
        given().get("/jwks").then().statusCode(200);
    }

    @Test
    void theDocumentsAreCachedAndReadableFromAnyOrigin() {
        for (String path : new String[] {OPENID, OAUTH, "/jwks"}) {
            Response answer =
                    given().header("Origin", "https://dashboard.example.com").get(path);
            answer.then()
                    .statusCode(200)
                    .header("Cache-Control", equalTo("public, max-age=3600"))
                    .header("Access-Control-Allow-Origin", equalTo("*"));
            Response unchanged =
                    given().header("If-None-Match", answer.header("ETag")).get(path);
            unchanged
                    .then()
                    .statusCode(304)
                    .header("ETag", equalTo(answer.header("ETag")))
                    .header("Cache-Control", startsWith("public"));
            assertEquals(0, unchanged.asByteArray().length);
            given().header("If-None-Match", "\"another\"").get(path).then().statusCode(200);
            given().head(path).then().statusCode(200).header("ETag", equalTo(answer.header("ETag")));
        }
    }

    /** RFC 9110 §13.1.2. */
    @Test
    void aDocumentThatIsAmongTheKnownOnesIsNotSentAgain() {
        for (String path : new String[] {OPENID, OAUTH, "/jwks"}) {
            String tag = given().get(path).header("ETag");
            for (String known : new String[] {"*", "W/" + tag, "\"another\", " + tag, "\"a,b\",W/" + tag}) {
                given().header("If-None-Match", known).get(path).then().statusCode(304);
            }
            given().header("If-None-Match", "\"another\"", tag).get(path).then().statusCode(304);
            for (String unknown : new String[] {tag.replace("\"", ""), tag + "x", ",", "W/"}) {
                given().header("If-None-Match", unknown).get(path).then().statusCode(200);
            }
        }
    }

    @Test
    void theDocumentsAreReadAndNothingElse() {
        for (String path : new String[] {OPENID, OAUTH, "/jwks"}) {
            for (Method method : new Method[] {Method.POST, Method.PUT, Method.DELETE, Method.PATCH}) {
                given().request(method, path)
                        .then()
                        .statusCode(405)
                        .header("Allow", equalTo("GET, HEAD"))
                        .header("Cache-Control", equalTo("no-store"))
                        .contentType("application/json")
                        .body("error", equalTo("invalid_request"));
            }
            int length = given().get(path).asByteArray().length;
            given().head(path)
                    .then()
                    .statusCode(200)
                    .header("Content-Length", equalTo(String.valueOf(length)))
                    .header("Content-Type", equalTo("application/json"));
        }
    }

    @Test
    void noHeaderOfARequestChangesTheIssuer() {
        byte[] told = given().get(OPENID).asByteArray();
        byte[] askedOtherwise = given().header("Host", "evil.example.com")
                .header("X-Forwarded-Host", "evil.example.com")
                .header("X-Forwarded-Proto", "https")
                .header("Forwarded", "host=evil.example.com;proto=https")
                .get(OPENID)
                .asByteArray();
        assertArrayEquals(told, askedOtherwise);
        String uri = given().header("Host", "evil.example.com")
                .header("X-Forwarded-Host", "evil.example.com")
                .contentType("application/x-www-form-urlencoded")
                .body("client_id=test-device")
                .post("/device_authorization")
                .path("verification_uri");
        assertEquals(given().get(OPENID).path("issuer") + "/device", uri);
    }
}
