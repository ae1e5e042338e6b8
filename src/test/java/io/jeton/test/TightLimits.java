package io.jeton.test;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** A service with limits that a test can reach, behind a proxy that says who asks. */
public final class TightLimits implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "jeton.http.trusted-proxies", "127.0.0.0/8",
                "jeton.limits.enabled", "true",
                "jeton.guess.per-account", "2",
                "jeton.guess.per-address", "1000",
                "jeton.guess.total", "1000"));
        put(settings, "device-authorization-per-address", 10);
        put(settings, "device-authorization-per-client", 1000);
        put(settings, "tokens-per-client", 100);
        put(settings, "failures-per-address", 20);
        put(settings, "forms-per-address", 5);
        put(settings, "forms-per-account", 5);
        put(settings, "admin-per-operator", 5);
        return settings;
    }

    private static void put(Map<String, String> settings, String limit, int burst) {
        settings.put("jeton.limits." + limit + ".burst", String.valueOf(burst));
        settings.put("jeton.limits." + limit + ".per-second", "1");
    }
}
