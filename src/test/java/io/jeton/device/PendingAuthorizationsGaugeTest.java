package io.jeton.device;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.test.Await;
import io.jeton.test.Database;
import io.jeton.test.OneReplica;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URL;
import org.junit.jupiter.api.Test;

@ServiceTest
@OneReplica("reads the metrics of the replica that it knows")
class PendingAuthorizationsGaugeTest {
    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Inject
    PendingAuthorizationsGauge gauge;

    @Test
    void codesThatWaitForAPersonAreCountedAndOthersAreNot() {
        double before = counted();
        TestDevice.asking(TestClients.DEVICE);
        TestDevice.asking(TestClients.DEVICE).approve();
        TestDevice.asking(TestClients.DEVICE);
        Database.update("update device_authorization set expires_at = now() - interval '1 minute'"
                + " where id = (select id from device_authorization order by created_at desc limit 1)");
        assertEquals(before + 1, counted());
    }

    private double counted() {
        Await.result(gauge::count);
        return given().get(metrics)
                .asString()
                .lines()
                .filter(line -> line.startsWith("jeton_device_authorizations_pending "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[1]))
                .findFirst()
                .orElseThrow();
    }
}
