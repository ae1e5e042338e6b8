package io.jeton.interop;

import io.jeton.test.Database;
import io.jeton.test.NodeProgram;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same with openid-client, from npm, in a process of its own. */
@ServiceTest
class OpenidClientTest {
    @Test
    void openidClientCompletesTheGrantRefreshesAndVerifies() throws Exception {
        NodeProgram.run(
                "device.mjs",
                List.of("http://localhost:" + RestAssured.port, TestClients.OTHER_DEVICE, "https://api.example.com"),
                line -> {
                    if (line.startsWith("user_code")) {
                        approve();
                    }
                });
    }

    private static void approve() {
        Database.update(
                "update device_authorization set state = 'APPROVED', account_id = ?, authenticated_at = now()"
                        + " where client_id = ? and state = 'PENDING'",
                TestDevice.person(),
                TestClients.OTHER_DEVICE);
    }
}
