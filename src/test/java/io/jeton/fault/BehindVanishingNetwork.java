package io.jeton.fault;

import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service with little patience whose database is at the other end of a {@link VanishingNetwork}. */
public final class BehindVanishingNetwork implements QuarkusTestProfile {
    private static @Nullable VanishingNetwork network;

    static VanishingNetwork network() {
        if (network == null) {
            throw new IllegalStateException("no service is behind it");
        }
        return network;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "jeton.http.timeout", "PT3S",
                "jeton.database.answer-within", "PT6S",
                // What changes is learned by notification, or not in time.
                "jeton.database.reload-every", "PT2M",
                "quarkus.datasource.reactive.idle-timeout", "PT1S");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Between.class));
    }

    /** The network, once there is a database. */
    public static final class Between implements QuarkusTestResourceLifecycleManager {
        @Override
        public int order() {
            return 1;
        }

        @Override
        public Map<String, String> start() {
            URI direct = URI.create(PostgresResource.server().reactiveUrl(Database.name()));
            try {
                VanishingNetwork between = new VanishingNetwork(direct.getPort());
                network = between;
                String through = direct.getScheme() + "://127.0.0.1:" + between.port() + direct.getPath();
                return Map.of("quarkus.datasource.reactive.url", through);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            try {
                network().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
