package io.jeton.fuzz;

import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.jeton.test.TestOperator;
import java.util.List;
import java.util.Random;

/** What an operator asks the admin API for: every path of it, about things that are there. */
final class AdminRequests {
    private static final String JSON = "application/json ";
    private static final String MERGE_PATCH = TestOperator.MERGE_PATCH + " ";
    private static final List<String> IF_MATCH =
            List.of("", "", "If-Match: *\r\n", "If-Match: \"1\"\r\n", "If-Match: \"2\", \"x\"\r\n");

    private final Random random;
    private final List<String> all;
    private final List<String> tokens;

    /** @param random what is asked for, and how */
    AdminRequests(Random random) {
        this.random = random;
        this.all = all();
        String changes = bearer(TestOperator.token("jeton:admin"));
        this.tokens = List.of(
                changes,
                changes,
                changes,
                changes,
                changes,
                changes,
                bearer(TestOperator.token("jeton:admin:read")),
                bearer(TestOperator.token("telemetry:read")),
                "");
    }

    /** Method and path, and for what has a body its type and itself. */
    RawHttp.Request any() {
        String[] asked = one(all).split(" ", 4);
        String type = asked.length < 3 ? "" : "Content-Type: " + asked[2] + "\r\n";
        String head = asked[0] + " " + asked[1] + " HTTP/1.1\r\nHost: localhost\r\n" + type + one(IF_MATCH);
        return new RawHttp.Request(head, one(tokens), asked.length < 4 ? "" : asked[3]);
    }

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static List<String> all() {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "device_serial", "f-1");
        String jti = "A".repeat(22);
        device.redeem();
        String grant = "/admin/grants/" + device.tokenRow().get("id");
        String registered = "/admin/devices/" + device.tokenRow().get("device_id");
        String key = "/admin/keys/" + TestOperator.reader().get("/admin/keys").path("keys[0].kid");
        String user = "/admin/users/"
                + TestOperator.sending("{\"name\": \"fuzzed\", \"password\": \"a sentence of some length\"}")
                        .post("/admin/users")
                        .path("id");
        String bulk = "/admin/revocations/"
                + TestOperator.sending(bulk("false")).post("/admin/revocations").path("id");
        String client = "/admin/clients/"
                + TestOperator.sending(kettle("\"id\":\"kettle\","))
                        .post("/admin/clients")
                        .path("id");
        String importing = "POST /admin/devices/import?client=" + TestClients.DEVICE;
        return List.of(
                "GET /admin/openapi.json",
                "GET /admin/clients?q=te&limit=2",
                "GET /admin/clients?after=AAAA",
                "POST /admin/clients " + JSON + kettle("\"id\":\"kettle\","),
                "GET " + client,
                "PUT " + client + " " + JSON + kettle(""),
                "PATCH " + client + " " + MERGE_PATCH + "{\"name\":null,\"retry_limit\":3,\"jwks\":{\"keys\":[]}}",
                "DELETE " + client,
                "POST " + client + "/disable",
                "POST " + client + "/enable",
                "POST " + client + "/secret " + JSON + "{\"overlap\":3600}",
                "DELETE " + client + "/secret/former",
                "GET /admin/devices?client=" + TestClients.DEVICE + "&model=K-9&serial_prefix=f&owner="
                        + TestClients.PERSON + "&state=active&seen_after=2026-01-01T00:00:00Z&limit=1",
                "GET /admin/devices?seen_before=2026-01-01T00:00:00%2B01:00&serial=f-1&after=AAAA",
                "GET " + registered,
                "PATCH " + registered + " " + MERGE_PATCH + "{\"name\":\"Kettle\"}",
                "POST " + registered + "/suspend " + JSON + "{\"reason\":\"lost\"}",
                "POST " + registered + "/resume",
                "POST " + registered + "/retire " + JSON + "{\"reason\":\"gone\"}",
                "POST " + registered + "/revoke " + JSON + "{\"reason\":\"recalled\"}",
                importing + "&bad_lines=skip text/csv " + csv(),
                importing + " text/csv;charset=utf-8 " + csv(),
                importing + " application/jsonl {\"serial\":\"f-4\",\"model\":\"K-9\",\"public_jwk\":"
                        + TestKey.es256().publicJson() + "}\n",
                "GET /admin/keys",
                "GET " + key,
                "POST /admin/keys/rotate " + JSON + "{\"algorithm\":\"ES256\"}",
                "POST " + key + "/compromised",
                "GET /admin/users?q=fu&limit=1",
                "POST /admin/users " + JSON
                        + "{\"name\":\"another\",\"password\":\"a sentence of some length\",\"roles\":[\"admin\"]}",
                "GET " + user,
                "PUT " + user + " " + JSON + "{\"name\":\"fuzzed\",\"enabled\":true,\"roles\":[]}",
                "PATCH " + user + " " + MERGE_PATCH + "{\"roles\":null}",
                "DELETE " + user,
                "POST " + user + "/disable",
                "POST " + user + "/enable",
                "PUT " + user + "/password " + JSON + "{\"password\":\"another sentence\"}",
                "POST " + user + "/sign-out-everywhere",
                "POST " + user + "/revoke-devices",
                "GET /admin/grants?device=" + device.tokenRow().get("device_id") + "&user=alice&client=test-device",
                "GET /admin/grants?limit=1&after=AAAA",
                "GET " + grant,
                "POST " + grant + "/revoke " + JSON + "{\"reason\":\"asked\"}",
                "GET /admin/revocations?limit=1",
                "POST /admin/revocations " + JSON + bulk("true"),
                "POST /admin/revocations " + JSON + bulk("false"),
                "GET " + bulk,
                "POST " + bulk + "/pause",
                "POST " + bulk + "/resume",
                "POST " + bulk + "/cancel",
                "GET /admin/tokens/" + jti,
                "POST /admin/tokens/" + jti + "/revoke " + JSON + "{\"reason\":\"leaked\"}",
                "GET /admin/audit?type=device.revoked&outcome=success&client=x&user=alice&actor=y&limit=2",
                "GET /admin/audit?device=00000000-0000-0000-0000-000000000000&since=2026-01-01T00:00:00Z"
                        + "&until=2027-01-01T00:00:00Z&after=9",
                "GET /admin/nothing");
    }

    private static String kettle(String id) {
        return "{" + id + "\"name\":\"Kettle\",\"scopes\":[\"openid\",\"telemetry:write\"],"
                + "\"token_endpoint_auth_method\":\"client_secret_basic\","
                + "\"audience\":[\"https://api.example.com\"],\"status_list\":true,\"retry_limit\":2,"
                + "\"retry_window\":60}";
    }

    private static String bulk(String dryRun) {
        return "{\"selector\":{\"client\":\"test-device\",\"model\":\"K-9\","
                + "\"seen_before\":\"2020-06-01T00:00:00Z\"},\"action\":\"suspend\",\"per_second\":100,"
                + "\"max\":120,\"reason\":\"recalled\",\"dry_run\":" + dryRun + "}";
    }

    private static String csv() {
        return "serial,model,owner,key_thumbprint\n"
                + "f-2,K-9,alice,ZxIzMyzrNn0dOKfKtfXBLQsDKq7_s8hIQyAGuVbKrlg\n"
                + "\"f-3\",\"K \"\"9\"\"\",,ZxIzMyzrNn0dOKfKtfXBLQsDKq7_s8hIQyAGuVbKrlh\n";
    }
}
