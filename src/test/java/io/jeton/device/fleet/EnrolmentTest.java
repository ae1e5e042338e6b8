package io.jeton.device.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.device.registry.DeviceRegistry;
import io.jeton.device.registry.DeviceState;
import io.jeton.device.registry.OrderedBy;
import io.jeton.device.registry.Orders;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class EnrolmentTest {
    private static final OrderedBy OPERATOR = OrderedBy.operator("ops", "192.0.2.9");
    private static final String HEADER = "serial,model,name,owner,key_thumbprint\n";

    @Inject
    Enrolment enrolment;

    @Inject
    DeviceRegistry registry;

    private String mark;

    @BeforeEach
    void aMark() {
        mark = UUID.randomUUID().toString();
    }

    @Test
    void anEnrolledDeviceIsFoundByItsKeyAndByItsSerial() {
        PublicJsonWebKey key = TestKeys.ec();
        EnrolmentReport report = enrol(
                TestClients.DEVICE,
                EnrolmentFormat.JSON_LINES,
                false,
                "{\"serial\":\"" + mark + "\",\"model\":\"K-9\",\"owner\":\"" + TestClients.PERSON
                        + "\",\"public_jwk\":" + TestKeys.json(key) + "}");
        assertEquals(new EnrolmentReport(1, 0, 0, List.of(), true), report);
        EnrolledDevice device = byKey(TestKeys.thumbprint(key)).orElseThrow();
        assertEquals(Optional.of(mark), device.serial());
        assertEquals(Optional.of(TestDevice.person()), device.owner());
        assertTrue(device.publicJwk().orElseThrow().contains("P-256"));
        assertTrue(device.mayAct());
        assertEquals(Optional.of(device), Orders.await(() -> enrolment.find(TestClients.DEVICE, mark)));
        assertTrue(Orders.await(() -> enrolment.find(TestClients.OTHER_DEVICE, mark))
                .isEmpty());
        new Orders(registry, device.id()).suspend();
        assertEquals(
                DeviceState.SUSPENDED,
                byKey(TestKeys.thumbprint(key)).orElseThrow().state());
        assertFalse(byKey(TestKeys.thumbprint(key)).orElseThrow().mayAct());
    }

    @Test
    void oneBadLineAndNothingIsImportedUnlessAllButTheBadIsAsked() {
        String file =
                HEADER + line(1) + "," + "\n" + line(2) + line(3) + "x" + mark + ",,,nobody," + thumbprint(9) + "\n";
        EnrolmentReport refused = csv(false, file);
        assertEquals(2, refused.badLines());
        assertFalse(refused.applied());
        assertEquals(0, count());

        EnrolmentReport report =
                csv(true, HEADER + line(1) + line(2) + "x" + mark + ",,,nobody," + thumbprint(9) + "\n");
        assertEquals(
                new EnrolmentReport(2, 0, 1, List.of(new BadLine(4, "there is no account of this owner")), true),
                report);
        assertEquals(2, count());
    }

    @Test
    void whatIsThereAlreadyIsSkippedAndWhatDiffersIsNamed() {
        assertEquals(3, csv(false, HEADER + line(1) + line(2) + line(3)).imported());
        assertEquals(
                new EnrolmentReport(1, 3, 0, List.of(), true),
                csv(false, HEADER + line(1) + line(2) + line(3) + line(4)));

        String again = HEADER
                + serial(1) + ",other,,," + thumbprint(1) + "\n"
                + serial(2) + ",,,," + thumbprint(7) + "\n"
                + serial(8) + ",,,," + thumbprint(3) + "\n";
        EnrolmentReport report = csv(true, again);
        assertEquals(
                List.of(
                        new BadLine(2, "this device is enrolled already, with another owner, model or name"),
                        new BadLine(3, "a device with this serial is enrolled with another key"),
                        new BadLine(4, "another device is enrolled with this key")),
                report.bad());
        assertEquals(4, count());

        new Orders(registry, byKey(thumbprint(4)).orElseThrow().id()).retire();
        assertEquals(
                List.of(new BadLine(2, "this device was retired")),
                csv(false, HEADER + line(4)).bad());
        assertEquals(
                List.of(new BadLine(2, "another device is enrolled with this key")),
                enrol(TestClients.OTHER_DEVICE, EnrolmentFormat.CSV, false, HEADER + line(1))
                        .bad());
    }

    @Test
    void aSerialThatSomebodyClaimsWithoutAKeyKeepsNoDeviceOut() {
        String unused = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write", "device_serial", serial(1))
                .redeem();
        assertEquals(
                List.of(new BadLine(2, "its owner has connected a device with this serial without a key")),
                csv(false, HEADER + serial(1) + ",,," + TestClients.PERSON + "," + thumbprint(1) + "\n")
                        .bad());
        assertEquals(1, csv(false, HEADER + line(1)).imported());
        assertEquals(
                thumbprint(1),
                Orders.await(() -> enrolment.find(TestClients.DEVICE, serial(1)))
                        .orElseThrow()
                        .keyThumbprint());
    }

    @Test
    void ofManyWhoImportTheSameAtOnceOneDoesAndTheOthersFindIt() throws Exception {
        String file = HEADER + line(1) + line(2) + line(3);
        List<EnrolmentReport> reports = Concurrently.call(6, () -> csv(false, file));
        assertEquals(3, reports.stream().mapToInt(EnrolmentReport::imported).sum());
        assertEquals(15, reports.stream().mapToInt(EnrolmentReport::identical).sum());
        assertEquals(3, count());
    }

    @Test
    void manyBadLinesAreCountedAndTheFirstHundredNamed() {
        EnrolmentReport report = csv(true, HEADER + ",,,,\n".repeat(250) + line(1));
        assertEquals(250, report.badLines());
        assertEquals(EnrolmentReport.MOST, report.bad().size());
        assertEquals(2, report.bad().get(0).number());
        assertEquals(1, report.imported());
    }

    @Test
    void tenThousandComeInOneTransaction() {
        StringBuilder file = new StringBuilder(HEADER);
        for (int i = 0; i < 10_000; i++) {
            file.append(line(i));
        }
        assertEquals(10_000, csv(false, file.toString()).imported());
        assertEquals(10_000, count());
    }

    @Test
    void anUnknownClientHasNoDevices() {
        EnrolmentReport report = enrol("nobody", EnrolmentFormat.CSV, true, HEADER + line(1));
        assertEquals(List.of(new BadLine(0, "there is no such client")), report.bad());
        assertEquals(0, count());
    }

    private String serial(int number) {
        return mark + "-" + number;
    }

    private String line(int number) {
        return serial(number) + ",K-9,Kettle,," + thumbprint(number) + "\n";
    }

    private String thumbprint(int number) {
        byte[] bytes = new byte[32];
        UUID id = UUID.fromString(mark);
        ByteBuffer.wrap(bytes)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(number);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private EnrolmentReport csv(boolean allButTheBad, String file) {
        return enrol(TestClients.DEVICE, EnrolmentFormat.CSV, allButTheBad, file);
    }

    private EnrolmentReport enrol(String client, EnrolmentFormat format, boolean allButTheBad, String file) {
        EnrolmentOrder order = new EnrolmentOrder(client, format, allButTheBad, OPERATOR);
        return Orders.await(() -> enrolment.enrol(order, file.getBytes(UTF_8)));
    }

    private Optional<EnrolledDevice> byKey(String thumbprint) {
        return Orders.await(() -> enrolment.findByKey(thumbprint));
    }

    private int count() {
        return ((Long) Database.one(
                                "select count(*) from device where serial like ? and key_thumbprint is not null",
                                mark + "%")
                        .get("count"))
                .intValue();
    }
}
