package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.reader;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.protocol.Identifier;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestDevice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
@DisplayName("/admin/audit")
class AuditApiTest {
    private static final String AUDIT = "/admin/audit";

    private final UUID device = UUID.randomUUID();
    private final String actor = "ops-" + UUID.randomUUID();

    /** Nine events of a device, an hour apart since the beginning of 2021, of which every third was refused. */
    @BeforeEach
    void aDay() {
        Database.update("""
                insert into audit_event (at, type, outcome, actor_kind, actor_id, client_id, device_id, account_id, subject,
                    remote_address, reason)
                select timestamptz '2021-01-01 00:00Z' + n * interval '1 hour',
                    case when n > 6 then 'device.resumed' else 'device.suspended' end,
                    case when n % 3 = 0 then 'refused' else 'success' end,
                    'operator', ?, ?, ?, ?, n::text, '192.0.2.7', 'lost'
                from generate_series(1, 9) n""", actor, actor, device, TestDevice.person());
    }

    @Test
    void everyFilterSelects() {
        selects(9, "device=" + device);
        selects(9, "device=" + Identifier.of(device));
        selects(9, "actor=" + actor);
        selects(9, "client=" + actor);
        selects(6, "actor=" + actor + "&type=device.suspended");
        selects(3, "actor=" + actor + "&outcome=refused");
        selects(1, "actor=" + actor + "&outcome=refused&type=device.resumed");
        selects(4, "actor=" + actor + "&since=2021-01-01T06:00:00Z");
        selects(5, "actor=" + actor + "&until=2021-01-01T06:00:00Z");
        selects(2, "actor=" + actor + "&since=2021-01-01T06:00:00Z&until=2021-01-01T08:00:00Z");
        selects(9, "device=" + device + "&user=alice");
        selects(0, "device=" + UUID.randomUUID());
        reader().get(AUDIT + "?limit=1&actor=" + actor)
                .then()
                .body("items[0].type", equalTo("device.resumed"))
                .body("items[0].subject", equalTo("9"))
                .body("items[0].outcome", equalTo("refused"))
                .body("items[0].actor_kind", equalTo("operator"))
                .body("items[0].actor_id", equalTo(actor))
                .body("items[0].client_id", equalTo(actor))
                .body("items[0].device", equalTo(device.toString()))
                .body("items[0].user", equalTo(TestDevice.person().toString()))
                .body("items[0].from", equalTo("192.0.2.7"))
                .body("items[0].reason", equalTo("lost"))
                .body("items[0].at", equalTo("2021-01-01T09:00:00Z"));
    }

    @Test
    void pagesHaveEveryEventOnceTheNewestFirst() {
        List<Object> walked = Walk.all(AUDIT + "?limit=2&actor=" + actor, "subject");
        List<Object> expected = new ArrayList<>(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9"));
        Collections.reverse(expected);
        assertEquals(expected, walked);
    }

    @Test
    void whatEverybodyDidIsThereToo() {
        reader().get(AUDIT + "?limit=5").then().statusCode(200).body("items.id", everyItem(notNullValue()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type=device",
                "type=%00",
                "outcome=SUCCESS",
                "outcome=maybe",
                "device=1",
                "user=nobody",
                "actor=%0A",
                "client=%00",
                "since=now",
                "since=2021-01-01",
                "until=1960-01-01T00:00:00Z",
                "since=2021-01-02T00:00:00Z&until=2021-01-01T00:00:00Z",
                "after=AXg",
                "after=ATk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
                "limit=1000",
                "before=1",
                "since=2021-01-01T00:00:00Z&since=2021-01-02T00:00:00Z"
            })
    void aWrongFilterIsAProblem(String query) {
        reader().urlEncodingEnabled(false)
                .get(AUDIT + "?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", notNullValue());
    }

    @Test
    void nobodyWritesIt() {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            admin().request(method, AUDIT).then().statusCode(405).contentType("application/problem+json");
        }
    }

    private static void selects(int count, String query) {
        reader().get(AUDIT + "?" + query).then().statusCode(200).body("items", hasSize(count));
    }
}
