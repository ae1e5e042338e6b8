package io.jeton.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same by an operator, who may destroy whatever there is: in a service of its own, with a database of its own. */
@ServiceTest
@TestProfile(AdminHttpFuzzTest.Alone.class)
class AdminHttpFuzzTest {
    /** Shared with no other test. */
    public static final class Alone implements QuarkusTestProfile {}

    @Test
    void nothingThatAnOperatorSendsBreaksIt() throws Exception {
        Map<String, Integer> statuses = RawHttp.send(random -> new AdminRequests(random)::any);
        assertTrue(
                statuses.keySet()
                        .containsAll(List.of("200", "400", "401", "403", "404", "409", "412", "415", "422", "428")),
                statuses::toString);
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        assertFalse(device.redeem().isEmpty(), "it serves on");
    }
}
