package io.jeton.test;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service behind a proxy, whose every request is traced and whose logs are JSON. */
public final class Traced implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.otel.sdk.disabled", "false",
                "quarkus.otel.traces.sampler.arg", "1",
                "quarkus.otel.exporter.otlp.endpoint", "http://127.0.0.1:9",
                "quarkus.log.console.json.enabled", "true",
                "jeton.http.trusted-proxies", "127.0.0.0/8");
    }
}
