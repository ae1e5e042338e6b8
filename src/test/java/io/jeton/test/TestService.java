package io.jeton.test;

import io.restassured.response.Response;
import java.util.HashMap;
import java.util.Map;

/** A confidential client that asks for a token of its own. */
public final class TestService {
    private TestService() {}

    public static Response token() {
        return token(TestClients.POST_SERVICE);
    }

    public static Response token(String client, String... parameters) {
        Map<String, String> form = new HashMap<>(
                Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", TestClients.SECRET));
        for (int i = 0; i < parameters.length; i += 2) {
            form.put(parameters[i], parameters[i + 1]);
        }
        return TestDevice.post("/token", form);
    }
}
