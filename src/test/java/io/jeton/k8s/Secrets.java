package io.jeton.k8s;

import io.jeton.test.PostgresResource;
import java.util.Base64;
import java.util.Map;

/** What a pod's variables have from Secrets. */
final class Secrets {
    private Secrets() {}

    static Map<String, String> of() {
        return of(PostgresResource.server().user(), PostgresResource.server().password());
    }

    static Map<String, String> of(String user, String password) {
        return Map.of(
                "JETON_KEYS_ENCRYPTION_KEY",
                Base64.getEncoder().encodeToString(new byte[32]),
                "QUARKUS_DATASOURCE_USERNAME",
                user,
                "QUARKUS_DATASOURCE_PASSWORD",
                password);
    }
}
