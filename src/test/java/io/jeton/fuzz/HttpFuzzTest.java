package io.jeton.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever is sent to whichever endpoint: the answer is none of the service's failures, and gives nothing back. */
@ServiceTest
class HttpFuzzTest {
    @Test
    void nothingThatIsSentBreaksIt() throws Exception {
        Map<String, Integer> statuses = RawHttp.send(random -> new ValidRequests(random)::any);
        assertTrue(statuses.containsKey("200") && statuses.containsKey("400"), statuses::toString);
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        assertFalse(device.redeem().isEmpty(), "it serves on");
    }
}
