package io.jeton.declaration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.OtherSettings;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestDevice;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/** The running service, and the file while it changes. */
@ServiceTest
@TestProfile(OtherSettings.class)
class DeclarationReloadTest {
    @Inject
    @Readiness
    DeclarationHealth health;

    @Test
    void aChangeIsAppliedByItselfAndABadOneIsShown() throws Exception {
        OtherSettings.declare("""
                clients:
                  reloaded:
                    name: Reloaded
                    scopes: [telemetry:write]
                users:
                  reloaded:
                    password: correct horse
                """);
        Eventually.holds(() -> TestDevice.post("/device_authorization", Map.of("client_id", "reloaded"))
                        .statusCode()
                == 200);
        assertEquals(
                1, Database.query("select from account where name = 'reloaded'").size());

        OtherSettings.declare("clients: [\n");
        Eventually.holds(() -> data().containsKey("problem"));
        assertEquals(HealthCheckResponse.Status.UP, health.call().getStatus());
        TestDevice.asking("reloaded");

        OtherSettings.declare("clients: {}\n");
        Eventually.holds(() -> TestDevice.post("/device_authorization", Map.of("client_id", "reloaded"))
                        .statusCode()
                == 401);
        assertTrue(!data().containsKey("problem"));
    }

    private Map<String, Object> data() {
        return health.call().getData().orElseThrow();
    }
}
