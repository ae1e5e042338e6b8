package io.jeton.test;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;

/** Somebody who operates the service by its admin API. */
public final class TestOperator {
    private TestOperator() {}

    /** A request of whoever may change things. */
    public static RequestSpecification admin() {
        return bearer(token("jeton:admin"));
    }

    /** A request of whoever may look at things. */
    public static RequestSpecification reader() {
        return bearer(token("jeton:admin:read"));
    }

    public static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    public static String token(String scope) {
        return TestService.token(TestClients.OPERATOR, "scope", scope).path("access_token");
    }
}
