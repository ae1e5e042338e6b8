package io.jeton.status;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.OneReplica;
import io.jeton.test.PostgresResource;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Token Status List (draft-ietf-oauth-status-list-17) over HTTP. */
@ServiceTest
class StatusListsTest {
    private static final String MEDIA_TYPE = "application/statuslist+jwt";

    private TestDevice device;
    private PublishedStatus status;
    private String refreshToken;

    @BeforeEach
    void anApprovedDevice() throws Exception {
        device = TestDevice.approved(TestClients.LISTED_DEVICE, "device_serial", "S-" + UUID.randomUUID());
        Response answer = device.poll();
        refreshToken = answer.path("refresh_token");
        status = PublishedStatus.of(answer.path("access_token"));
    }

    @Nested
    @DisplayName("§6.1 The status claim")
    class Claim {
        @Test
        void namesTheGrantsIndexAndIsTheSameAfterARefresh() throws Exception {
            assertEquals(device.tokenRow().get("status_index"), status.index());
            assertEquals(issuer() + "/statuslists/0", status.uri());
            Response refreshed = device.refresh(refreshToken);
            assertEquals(status, PublishedStatus.of(refreshed.path("access_token")));
            assertEquals(StatusList.VALID, status.value());
        }

        @Test
        void isNotForClientsThatDidNotAskNorForGrantsThatEndByThemselves() throws Exception {
            for (String client : List.of(TestClients.DEVICE, TestClients.FORGETFUL_DEVICE)) {
                String token = TestDevice.approved(client, "scope", "telemetry:write")
                        .poll()
                        .path("access_token");
                assertFalse(PublishedStatus.claims(token).containsKey("status"), client);
            }
        }

        @Test
        @OneReplica("counts the database's statements, those of the other replica's jobs too")
        void costsARefreshNothingInTheDatabase() throws Exception {
            Map<String, Long> statements = LoggedStatements.during(
                    50,
                    () -> refreshToken = device.refresh(refreshToken)
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("refresh_token"));
            assertEquals(Map.of("update refresh_token t", 50L), statements);
        }
    }

    @Nested
    @DisplayName("§7.1 The status")
    class Flips {
        @Test
        void isInvalidOnceTheGrantIsRevoked() throws Exception {
            update("update refresh_token set revoked_at = now() where status_index = ?", status.index());
            becomes(StatusList.INVALID);
        }

        @Test
        void isInvalidOnceTheRowIsGone() throws Exception {
            update("delete from refresh_token where status_index = ?", status.index());
            becomes(StatusList.INVALID);
        }

        @Test
        void isInvalidOnceThePersonIsGone() throws Exception {
            UUID person = UUID.randomUUID();
            update("insert into account (id, name, password_hash) values (?, ?, 'x')", person, "p-" + person);
            Object id = device.tokenRow().get("device_id");
            update("update device set account_id = ? where id = ?", person, id);
            update("update refresh_token set account_id = ? where device_id = ?", person, id);
            update("delete from account where id = ?", person);
            becomes(StatusList.INVALID);
        }

        @Test
        void isSuspendedWithTheDeviceAndValidWhenItResumes() throws Exception {
            Object id = device.tokenRow().get("device_id");
            update("update device set state = 'SUSPENDED' where id = ?", id);
            becomes(StatusList.SUSPENDED);
            device.refresh(refreshToken).then().statusCode(400);
            update("update device set state = 'ACTIVE' where id = ?", id);
            becomes(StatusList.VALID);
            device.refresh(refreshToken).then().statusCode(200);
            update("update device set state = 'RETIRED' where id = ?", id);
            becomes(StatusList.INVALID);
        }

        @Test
        void isSuspendedWithThePersonAndWithTheClient() throws Exception {
            for (String row : List.of("account where name = 'alice'", "client where id = 'listed-device'")) {
                String[] parts = row.split(" where ", -1);
                update("update " + parts[0] + " set enabled = false where " + parts[1]);
                becomes(StatusList.SUSPENDED);
                update("update " + parts[0] + " set enabled = true where " + parts[1]);
                becomes(StatusList.VALID);
            }
        }

        @Test
        void isInvalidOnceReuseIsNoticed() throws Exception {
            String second = device.refresh(refreshToken).path("refresh_token");
            device.refresh(second).then().statusCode(200);
            device.refresh(refreshToken).then().statusCode(400);
            becomes(StatusList.INVALID);
        }

        @Test
        void ofANewApprovalIsAnotherOneAndTheFormerIsInvalid() throws Exception {
            Object serial = Database.one(
                            "select serial from device where id = ?",
                            device.tokenRow().get("device_id"))
                    .get("serial");
            PublishedStatus second = PublishedStatus.of(
                    TestDevice.approved(TestClients.LISTED_DEVICE, "device_serial", serial.toString())
                            .poll()
                            .path("access_token"));
            assertNotEquals(status.index(), second.index());
            becomes(StatusList.INVALID);
            assertEquals(StatusList.VALID, second.value());
        }

        @Test
        void ofThousandsRevokedOneByOneIsFound() throws Exception {
            update("""
                    insert into token_status (status_index, status)
                    select 100000 + n, 1 from generate_series(1, 500) n""");
            Eventually.holds(() -> status.at(100_500).value() == StatusList.INVALID);
            update("delete from token_status where status_index between 100000 and 101000");
            Eventually.holds(() -> status.at(100_500).value() == StatusList.VALID);
        }
    }

    @Nested
    @DisplayName("§5.1, §8.2 The list")
    class Served {
        @Test
        void saysWhatItIsAndHowLongItCounts() throws Exception {
            Response answer = given().accept(MEDIA_TYPE).get("/statuslists/0");
            answer.then()
                    .statusCode(200)
                    .contentType(MEDIA_TYPE)
                    .header("Cache-Control", equalTo("public, max-age=2"))
                    .header("Access-Control-Allow-Origin", equalTo("*"));
            String jwt = answer.asString();
            assertEquals("statuslist+jwt", PublishedStatus.verified(jwt).getHeader("typ"));
            assertEquals("ES256", PublishedStatus.verified(jwt).getAlgorithmHeaderValue());
            Map<String, Object> claims = PublishedStatus.claims(jwt);
            assertEquals(Set.of("sub", "iat", "exp", "ttl", "status_list"), claims.keySet());
            assertEquals(status.uri(), claims.get("sub"));
            assertEquals(3600, (long) claims.get("exp") - (long) claims.get("iat"));
            assertEquals(2L, claims.get("ttl"));
            assertEquals(Set.of("bits", "lst"), ((Map<?, ?>) claims.get("status_list")).keySet());
        }

        @Test
        void isNotSentAgainWhereItIsKnown() {
            Response answer = given().get("/statuslists/0");
            Response unchanged =
                    given().header("If-None-Match", answer.header("ETag")).get("/statuslists/0");
            unchanged.then().statusCode(304).header("ETag", equalTo(answer.header("ETag")));
            given().head("/statuslists/0").then().statusCode(200);
        }

        @Test
        void hasAnotherTagOnceItChanged() throws Exception {
            String tag = given().get("/statuslists/0").header("ETag");
            update("update refresh_token set revoked_at = now() where status_index = ?", status.index());
            becomes(StatusList.INVALID);
            assertNotEquals(tag, given().get("/statuslists/0").header("ETag"));
        }

        @Test
        void isGivenToWhoAcceptsItOrSaysNothing() {
            for (String accepted : List.of(MEDIA_TYPE, "*/*", "application/*", "text/html, " + MEDIA_TYPE + ";q=0.5")) {
                given().header("Accept", accepted).get("/statuslists/0").then().statusCode(200);
            }
            for (String other : List.of("application/statuslist+cwt", "application/json", "text/html")) {
                given().header("Accept", other)
                        .get("/statuslists/0")
                        .then()
                        .statusCode(406)
                        .contentType("application/json")
                        .body("error", equalTo("invalid_request"));
            }
        }

        @Test
        void isThereBeforeTheFirstTokenThatNamesIt() {
            given().get("/statuslists/1").then().statusCode(200).contentType(MEDIA_TYPE);
            for (String unknown : List.of("2", "999999999", "9999999999", "00", "-1", "x", "0/0")) {
                given().get("/statuslists/" + unknown)
                        .then()
                        .statusCode(404)
                        .contentType("application/json")
                        .body("error", equalTo("invalid_request"));
            }
        }

        @Test
        @DisplayName("§8.4 is the present one alone")
        void isThePresentOneAlone() {
            given().queryParam("time", 1686925000)
                    .get("/statuslists/0")
                    .then()
                    .statusCode(501)
                    .body("error_description", equalTo("this is not implemented here"));
        }

        @Test
        @DisplayName("§9 is among those that discovery leads to")
        void isFoundByDiscovery() {
            String endpoint =
                    given().get("/.well-known/oauth-authorization-server").path("status_list_aggregation_endpoint");
            given().get(endpoint.substring(issuer().length()))
                    .then()
                    .statusCode(200)
                    .contentType("application/json")
                    .header("ETag", startsWith("\""))
                    .body("status_lists", equalTo(List.of(issuer() + "/statuslists/0", issuer() + "/statuslists/1")));
        }

        @Test
        @OneReplica("each replica signs the list for itself: the same content, another signature")
        void isServedOnWhileTheDatabaseIsAwayAndRenewedAfterwards() throws Exception {
            String before = given().get("/statuslists/0").asString();
            PostgresResource.whileAway(
                    () -> assertEquals(before, given().get("/statuslists/0").asString()));
            update("update refresh_token set revoked_at = now() where status_index = ?", status.index());
            becomes(StatusList.INVALID);
        }

        @Test
        void isSignedByTheNextKeyOnceItsOwnIsDeleted() throws Exception {
            String kid = PublishedStatus.verified(given().get("/statuslists/0").asString())
                    .getKeyIdHeaderValue();
            update("delete from signing_key where kid = ?", kid);
            Eventually.holds(() -> !given().get("/statuslists/0").asString().startsWith(header(kid)));
            Eventually.holds(() -> !given().get("/jwks").asString().contains(kid));
            assertEquals(StatusList.VALID, status.value());
        }
    }

    private static String header(String kid) {
        return PublishedStatus.base64("{\"typ\":\"statuslist+jwt\",\"kid\":\"" + kid + "\",\"alg\":\"ES256\"}");
    }

    private void becomes(int expected) throws Exception {
        Eventually.holds(() -> status.value() == expected);
    }

    private static void update(String sql, Object... parameters) {
        assertTrue(Database.update(sql, parameters) > 0, sql);
    }

    private static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }
}
