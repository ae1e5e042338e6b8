package io.jeton.test;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service with an issuer that has a path, behind a proxy, and with little patience. */
public final class OtherSettings implements QuarkusTestProfile {
    public static final String ISSUER = "https://example.com/tokens/eu";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "jeton.issuer", ISSUER + "/",
                "jeton.http.timeout", "PT3S",
                "jeton.http.trusted-proxies", "127.0.0.0/8",
                "jeton.database.reload-every", "PT1S");
    }
}
