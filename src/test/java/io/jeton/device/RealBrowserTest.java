package io.jeton.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jeton.test.NodeProgram;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.RestAssured;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@ServiceTest
class RealBrowserTest {
    @Test
    void aPersonApprovesByKeyboardOnASmallScreenWithoutJavaScript() throws Exception {
        Optional<String> chromium = chromium();
        assumeTrue(chromium.isPresent(), "skipped: chromium is not here");
        TestDevice device = TestDevice.asking(
                TestClients.DEVICE,
                "device_name",
                "Kitchen thermometer of the third floor",
                "device_serial",
                "W".repeat(100));
        NodeProgram.run(
                "person.mjs",
                List.of(
                        chromium.get(),
                        "http://localhost:" + RestAssured.port + "/device?user_code=" + device.userCode(),
                        TestClients.PERSON,
                        TestClients.PASSWORD),
                line -> {});
        assertEquals("APPROVED", device.row().get("state"));
    }

    @Test
    void aPersonLooksAfterADeviceOnASmallScreenWithoutJavaScript() throws Exception {
        Optional<String> chromium = chromium();
        assumeTrue(chromium.isPresent(), "skipped: chromium is not here");
        String name = "Thermometer of the attic";
        TestDevice device = TestDevice.approved(
                TestClients.DEVICE,
                "scope",
                "openid telemetry:write",
                "device_name",
                name,
                "device_model",
                "T-1000 with a name that is too long for any phone",
                "device_serial",
                "M".repeat(100));
        String unused = device.redeem();
        NodeProgram.run(
                "owner.mjs",
                List.of(
                        chromium.get(),
                        "http://localhost:" + RestAssured.port + "/",
                        TestClients.PERSON,
                        TestClients.PASSWORD,
                        name),
                line -> {});
        assertEquals("by its owner", device.tokenRow().get("revocation_reason"));
    }

    private static Optional<String> chromium() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> new File(folder, "chromium"))
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst();
    }
}
