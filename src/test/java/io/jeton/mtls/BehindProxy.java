package io.jeton.mtls;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service behind a proxy that hands on certificates in PEM, and writes {@code Forwarded}. */
public final class BehindProxy implements QuarkusTestProfile {
    static final String PUBLIC = "bare";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "jeton.mtls.header", "ssl-client-cert",
                "jeton.mtls.header-format", "pem",
                "jeton.http.trusted-proxies", "127.0.0.0/8",
                "jeton.http.forwarded-header", "forwarded",
                "jeton.clients.\"bare\".name", "Bare",
                "jeton.clients.\"bare\".tls-client-certificate-bound-access-tokens", "true");
    }
}
