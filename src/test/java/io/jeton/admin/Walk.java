package io.jeton.admin;

import static io.jeton.test.TestOperator.reader;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;

/** A list of the admin API, walked page by page as its answers say. */
final class Walk {
    private static final int MOST_PAGES = 100;

    private Walk() {}

    /** What all its items have by a path, in order. */
    static List<Object> all(String address, String path) {
        List<Object> found = new ArrayList<>();
        String next = address;
        for (int page = 0; next != null; page++) {
            assertTrue(page < MOST_PAGES, "it has no end");
            Response answer = reader().urlEncodingEnabled(false).get(next);
            answer.then().statusCode(200);
            found.addAll(answer.<List<Object>>path("items." + path));
            next = answer.path("next");
        }
        return found;
    }
}
