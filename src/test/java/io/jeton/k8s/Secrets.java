package io.jeton.k8s;

import io.jeton.test.PostgresResource;
import java.util.Map;

/** What a pod's variables have from Secrets. */
final class Secrets {
    private Secrets() {}

    static Map<String, String> of() {
        return of(PostgresResource.server().user(), PostgresResource.server().password());
    }

    static Map<String, String> of(String user, String password) {
        return Map.of("QUARKUS_DATASOURCE_USERNAME", user, "QUARKUS_DATASOURCE_PASSWORD", password);
    }
}
