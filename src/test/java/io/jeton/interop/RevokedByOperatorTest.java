package io.jeton.interop;

import static io.jeton.test.TestOperator.admin;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an operator takes back over HTTP, a verifier learns that has nothing but the keys and the status list. */
@ServiceTest
@DisplayName("An operator takes it back, and a verifier that never calls knows")
class RevokedByOperatorTest {
    /** Its ttl is two seconds in the tests; the rest is for rendering and for a machine that has other things to do. */
    private static final double LATEST = 5;

    @Test
    void ofADevice() throws Exception {
        try (VerifierProcess verifier = verifier()) {
            Connected device = Connected.at(verifier);
            admin().post("/admin/devices/" + device.id() + "/suspend").then().statusCode(200);
            device.becomes("not valid: suspended", verifier);
            admin().post("/admin/devices/" + device.id() + "/resume").then().statusCode(200);
            device.becomes(device.valid(), verifier);
            admin().post("/admin/devices/" + device.id() + "/revoke").then().statusCode(200);
            device.becomes("not valid: revoked", verifier);
        }
    }

    @Test
    void ofAGrant() throws Exception {
        try (VerifierProcess verifier = verifier()) {
            Connected device = Connected.at(verifier);
            String grant = given().spec(admin())
                    .get("/admin/grants?device=" + device.id())
                    .path("items[0].id");
            admin().post("/admin/grants/" + grant + "/revoke").then().statusCode(200);
            device.becomes("not valid: revoked", verifier);
        }
    }

    @Test
    void ofManyDevicesAtOnce() throws Exception {
        try (VerifierProcess verifier = verifier()) {
            Connected device = Connected.at(verifier);
            Response begun = admin().contentType("application/json")
                    .body(Map.of("selector", Map.of("serial", device.serial()), "dry_run", false))
                    .post("/admin/revocations");
            begun.then().statusCode(202);
            Eventually.holds(() -> "done"
                    .equals(admin().get("/admin/revocations/" + begun.path("id"))
                            .path("state")));
            device.becomes("not valid: revoked", verifier);
        }
    }

    @Test
    void ofAUser() throws Exception {
        try (VerifierProcess verifier = verifier()) {
            String name = "owner-" + UUID.randomUUID();
            Response user = admin().contentType("application/json")
                    .body(Map.of("name", name, "password", "a sentence that nobody guesses"))
                    .post("/admin/users");
            user.then().statusCode(201);
            Connected device = Connected.at(verifier);
            Database.update(
                    "update device set account_id = ?::uuid where id = ?", user.<String>path("id"), device.id());
            Database.update(
                    "update refresh_token set account_id = ?::uuid where device_id = ?",
                    user.<String>path("id"),
                    device.id());
            admin().post("/admin/users/" + user.path("id") + "/disable").then().statusCode(200);
            device.becomes("not valid: suspended", verifier);
            admin().post("/admin/users/" + user.path("id") + "/enable").then().statusCode(200);
            device.becomes(device.valid(), verifier);
        }
    }

    @Test
    void ofAClient() throws Exception {
        try (VerifierProcess verifier = verifier()) {
            String client = "client-" + UUID.randomUUID();
            Map<String, Object> said = Map.of(
                    "id",
                    client,
                    "name",
                    "Kettle",
                    "scopes",
                    List.of("telemetry:write"),
                    "audience",
                    List.of(VerifierProcess.AUDIENCE),
                    "status_list",
                    true);
            admin().contentType("application/json")
                    .body(said)
                    .post("/admin/clients")
                    .then()
                    .statusCode(201);
            Eventually.holds(() -> TestDevice.post("/device_authorization", Map.of("client_id", client))
                            .statusCode()
                    == 200);
            Connected device = Connected.at(verifier, client);
            admin().post("/admin/clients/" + client + "/disable").then().statusCode(200);
            device.becomes("not valid: suspended", verifier);
            admin().post("/admin/clients/" + client + "/enable").then().statusCode(200);
            device.becomes(device.valid(), verifier);
            admin().header("If-Match", "*")
                    .delete("/admin/clients/" + client)
                    .then()
                    .statusCode(200);
            device.becomes("not valid: revoked", verifier);
        }
    }

    private static VerifierProcess verifier() throws Exception {
        return new VerifierProcess(
                given().get("/.well-known/openid-configuration").path("issuer"));
    }

    /** A device whose access token the verifier has accepted. */
    private record Connected(UUID id, String serial, String token, String valid) {
        static Connected at(VerifierProcess verifier) throws Exception {
            return at(verifier, TestClients.LISTED_DEVICE);
        }

        static Connected at(VerifierProcess verifier, String client) throws Exception {
            String serial = UUID.randomUUID().toString();
            TestDevice device = TestDevice.approved(client, "scope", "telemetry:write", "device_serial", serial);
            String token = device.poll().path("access_token");
            String valid = verifier.ask(token);
            assertTrue(valid.startsWith("valid: device "), valid);
            return new Connected((UUID) device.tokenRow().get("device_id"), serial, token, valid);
        }

        void becomes(String expected, VerifierProcess verifier) throws Exception {
            long begin = System.nanoTime();
            String answer = verifier.ask(token);
            while (!answer.equals(expected)) {
                assertTrue((System.nanoTime() - begin) / 1e9 < LATEST, answer);
                Thread.sleep(20);
                answer = verifier.ask(token);
            }
        }
    }
}
