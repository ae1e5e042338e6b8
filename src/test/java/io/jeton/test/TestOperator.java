package io.jeton.test;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;

/** Somebody who operates the service by its admin API. */
public final class TestOperator {
    public static final String MERGE_PATCH = "application/merge-patch+json";

    private TestOperator() {}

    /** A request of whoever may change things. */
    public static RequestSpecification admin() {
        return bearer(token("jeton:admin"));
    }

    /** A request of whoever may look at things. */
    public static RequestSpecification reader() {
        return bearer(token("jeton:admin:read"));
    }

    /** A request with JSON in it. */
    public static RequestSpecification sending(String json) {
        return admin().contentType(ContentType.JSON).body(json);
    }

    /** A request with a merge patch in it. */
    public static RequestSpecification patching(String json) {
        return admin().contentType(MERGE_PATCH).body(json);
    }

    public static RequestSpecification bearer(String token) {
        return given().config(RestAssured.config()
                        .encoderConfig(encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(MERGE_PATCH, ContentType.TEXT)))
                .header("Authorization", "Bearer " + token);
    }

    public static String token(String scope) {
        return TestService.token(TestClients.OPERATOR, "scope", scope).path("access_token");
    }

    /** What the trail says that operators did to a client or an account, and from where. */
    public static List<Map<String, Object>> trail(String reason, String subject) {
        return Database.query(
                "select * from audit_event where reason = ? and actor_kind = 'operator' and actor_id = ?"
                        + " and remote_address = '127.0.0.1' and ? in (client_id, account_id::text)",
                reason,
                TestClients.OPERATOR,
                subject);
    }
}
