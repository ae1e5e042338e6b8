package io.jeton.test;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A service with an issuer that has a path, behind a proxy, with little patience, a declarations file, and
 * a nonce in every DPoP proof. */
public final class OtherSettings implements QuarkusTestProfile {
    public static final String ISSUER = "https://example.com/tokens/eu";

    public static final Path DECLARATIONS =
            Path.of("target", "declarations-of-tests.yaml").toAbsolutePath();

    @Override
    public Map<String, String> getConfigOverrides() {
        declare("clients: {}\n");
        return Map.of(
                "jeton.declarations.file", DECLARATIONS.toString(),
                "jeton.declarations.check-every", "PT1S",
                "jeton.issuer", ISSUER + "/",
                "jeton.http.timeout", "PT3S",
                "jeton.http.trusted-proxies", "127.0.0.0/8",
                "jeton.database.reload-every", "PT1S",
                "jeton.dpop.require-nonce", "true");
    }

    /** Writes the declarations file. */
    public static void declare(String yaml) {
        try {
            Files.writeString(DECLARATIONS, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
