package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.patching;
import static io.jeton.test.TestOperator.reader;
import static io.jeton.test.TestOperator.sending;
import static io.jeton.test.TestOperator.token;
import static io.jeton.test.TestOperator.trail;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestOperator;
import io.jeton.test.TwoReplicas;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
@DisplayName("The admin API: clients")
class ClientsApiTest {
    private static final String CLIENTS = "/admin/clients";
    private static final String SERVICE = """
            {"id": "%s", "name": "Service", "token_endpoint_auth_method": "client_secret_post",
             "grant_types": ["client_credentials"], "scopes": ["telemetry:read"]}""";

    private final String id = "made-" + UUID.randomUUID();
    private final String path = CLIENTS + "/" + id;

    @Nested
    class Making {
        @Test
        void aSecretIsShownOnceAndWorks() throws Exception {
            Response made = make();
            made.then()
                    .statusCode(201)
                    .header("Cache-Control", "no-store")
                    .header("Location", matchesPattern("http://localhost:\\d+/admin/clients/" + id))
                    .header("ETag", matchesPattern("\"\\d+\""))
                    .body("client_secret", matchesPattern("jcs_.{43}"))
                    .body("source", equalTo("api"))
                    .body("declared", equalTo(false))
                    .body("access_token_lifetime", equalTo("PT1H"))
                    .body("audience", contains(notNullValue()));
            String secret = made.path("client_secret");
            authenticates(200, secret);

            reader().get(path)
                    .then()
                    .statusCode(200)
                    .header("ETag", equalTo(made.header("ETag")))
                    .body("client_secret", nullValue())
                    .body("name", equalTo("Service"))
                    .body("created_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT.*Z"));
            assertFalse(row().toString().contains(secret));
            assertEquals(1, trail("client.create", id).size());
            String together =
                    "select 1 from client c join audit_event e on e.client_id = c.id and e.xmin = c.xmin where c.id = ?";
            assertEquals(1, Database.query(together, id).size(), "the change and its record are one transaction");
        }

        @Test
        void anIdIsTakenOnce() throws Exception {
            List<Integer> statuses = Concurrently.call(
                    4, () -> sending(SERVICE.formatted(id)).post(CLIENTS).statusCode());
            assertEquals(1, statuses.stream().filter(status -> status == 201).count());
            assertEquals(3, statuses.stream().filter(status -> status == 409).count());
        }

        @Test
        void allThatIsWrongIsNamed() {
            sending("""
                    {"id": "%s", "name": 7, "scopes": "openid", "retry_limit": 1.5, "enabled": "yes", "secret": "x",
                     "access_token_lifetime": "1h", "jwks": [], "grant_types": [1]}""".formatted(id))
                    .post(CLIENTS)
                    .then()
                    .statusCode(422)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:jeton:problem:invalid"))
                    .body(
                            "errors.pointer",
                            containsInAnyOrder(
                                    "#/name",
                                    "#/scopes",
                                    "#/retry_limit",
                                    "#/enabled",
                                    "#/secret",
                                    "#/access_token_lifetime",
                                    "#/jwks",
                                    "#/grant_types"))
                    .body("errors.detail", hasItem("is not known here"));
            sending("""
                    {"id": "%s", "retry_limit": -1, "access_token_alg": "none", "token_endpoint_auth_method": "password",
                     "grant_types": ["implicit"], "access_token_lifetime": "P30D", "scopes": ["a b\\""]}""".formatted(id))
                    .post(CLIENTS)
                    .then()
                    .statusCode(422)
                    .body(
                            "errors.pointer",
                            hasItems(
                                    "#/name",
                                    "#/retry_limit",
                                    "#/access_token_alg",
                                    "#/token_endpoint_auth_method",
                                    "#/grant_types",
                                    "#/access_token_lifetime",
                                    "#/scopes"));
            isNotThere();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '^',
                value = {
                    "application/json       | {\"id\":\"%s\",\"name\":\"a\"           | 400",
                    "application/json       | ^^                                      | 400",
                    "application/json       | []                                      | 400",
                    "application/json       | null                                    | 400",
                    "application/json       | {\"id\":\"%s\",\"name\":\"a\"} x        | 400",
                    "application/json       | {\"id\":\"x\",\"id\":\"%s\",\"name\":\"a\"} | 400",
                    "application/json       | {\"id\":\"%s\",\"jwks\":{\"a\":[[[[[[[[[]]]]]]]]]}} | 400",
                    "application/json       | {\"id\":\"%s\",\"name\":\"a\\u0000b\"}  | 422",
                    "application/json       | {\"id\":\"\\u0000\",\"name\":\"a\"}     | 422",
                    "application/json       | {\"id\":\"%s\",\"name\":\"a\",\"a\\u0000<b>\":1} | 422",
                    "application/json       | {\"id\":\"%s\",\"name\":\"a\",\"retry_limit\":99999999999} | 422",
                    "text/plain             | {\"id\":\"%s\",\"name\":\"a\"}          | 415",
                    "application/x-www-form-urlencoded | id=%s                        | 415",
                })
        void aBodyThatIsNoDescriptionIsRefused(String type, String body, int status) {
            admin().contentType(type)
                    .body(body.formatted(id))
                    .post(CLIENTS)
                    .then()
                    .statusCode(status)
                    .contentType("application/problem+json")
                    .body("status", equalTo(status));
            isNotThere();
        }

        @Test
        void anIdOfAnyPrintableCharactersIsFoundByItsAddress() {
            String odd = "a b/c?d%e\"" + UUID.randomUUID();
            Response made = sending("{\"id\": \"" + odd.replace("\"", "\\\"") + "\", \"name\": \"Odd\"}")
                    .post(CLIENTS);
            made.then().statusCode(201);
            reader().urlEncodingEnabled(false)
                    .get(made.header("Location"))
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(odd));
        }

        @Test
        void whoMayOnlyLookMakesNothing() {
            TestOperator.reader()
                    .contentType("application/json")
                    .body(SERVICE.formatted(id))
                    .post(CLIENTS)
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("error", equalTo("insufficient_scope"));
            isNotThere();
        }

        private void isNotThere() {
            assertEquals(List.of(), Database.query("select id from client where id = ?", id));
        }
    }

    @Nested
    @DisplayName("Changing, RFC 9110 §13.1.1, RFC 6585 §3")
    class Changing {
        @Test
        void aChangeSaysWhatItIsOf() {
            String tag = make().header("ETag");
            Object before = row();
            for (Response missing : List.of(
                    sending(SERVICE.formatted(id)).put(path), patching("{}").patch(path), admin().delete(path))) {
                missing.then().statusCode(428).contentType("application/problem+json");
            }
            for (String stale : List.of("\"99\"", "W/" + tag, "\"x\"", "\"\"")) {
                for (Response answer : List.of(
                        sending(SERVICE.formatted(id)).header("If-Match", stale).put(path),
                        patching("{\"name\":\"x\"}").header("If-Match", stale).patch(path),
                        admin().header("If-Match", stale).delete(path),
                        admin().header("If-Match", stale).post(path + "/disable"),
                        admin().header("If-Match", stale).post(path + "/secret"))) {
                    answer.then()
                            .statusCode(412)
                            .contentType("application/problem+json")
                            .body("type", equalTo("urn:jeton:problem:changed-meanwhile"));
                }
            }
            for (String wrong : List.of("1", tag + ", \"7\"", "x y")) {
                admin().header("If-Match", wrong).delete(path).then().statusCode(400);
            }
            assertEquals(before, row());
        }

        @Test
        void itIsDescribedAnew() throws Exception {
            Response made = make();
            Response replaced = sending("""
                    {"id": "%s", "name": "Other", "token_endpoint_auth_method": "client_secret_post",
                     "grant_types": ["client_credentials"], "scopes": ["telemetry:write"], "retry_limit": 3}""".formatted(id))
                    .header("If-Match", made.header("ETag"))
                    .put(path);
            replaced.then()
                    .statusCode(200)
                    .header("ETag", not(made.header("ETag")))
                    .body("name", equalTo("Other"))
                    .body("scopes", contains("telemetry:write"))
                    .body("retry_limit", equalTo(3))
                    .body("client_secret", nullValue());
            authenticates(200, made.path("client_secret"));
            assertEquals(1, trail("client.update", id).size());
        }

        @Test
        void whatWasReadMayBeSentBack() {
            make();
            Response read = reader().get(path);
            sending(read.asString())
                    .header("If-Match", read.header("ETag"))
                    .put(path)
                    .then()
                    .statusCode(200);
            sending(read.asString().replace(id, "another"))
                    .header("If-Match", "*")
                    .put(path)
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("#/id"));
        }

        @Test
        @DisplayName("RFC 7396 §2: what a patch leaves out stays, null takes away")
        void aPatchChangesWhatItNames() {
            String tag = make().header("ETag");
            patching("{\"name\": \"Samovar\", \"scopes\": null, \"retry_window\": \"PT0S\"}")
                    .header("If-Match", tag)
                    .patch(path)
                    .then()
                    .statusCode(200)
                    .body("name", equalTo("Samovar"))
                    .body("scopes", equalTo(List.of()))
                    .body("retry_window", equalTo("PT0S"))
                    .body("grant_types", contains("client_credentials"));
            patching("{\"name\": null, \"nonsense\": {\"a\": null}}")
                    .header("If-Match", "*")
                    .patch(path)
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("#/nonsense"));
            sending("{\"name\": \"x\"}")
                    .header("If-Match", "*")
                    .patch(path)
                    .then()
                    .statusCode(415);
            assertEquals("Samovar", row().get("name"));
        }

        @Test
        void ofManyWhoReadTheSameOneChangesIt() throws Exception {
            String tag = make().header("ETag");
            long before = (long) row().get("version");
            AtomicInteger turn = new AtomicInteger();
            String token = token("jeton:admin");
            List<Response> answers = Concurrently.call(8, () -> TestOperator.bearer(token)
                    .contentType(TestOperator.MERGE_PATCH)
                    .body("{\"name\": \"Name " + turn.incrementAndGet() + "\"}")
                    .header("If-Match", tag)
                    .patch(path));
            List<Response> done = answers.stream()
                    .filter(answer -> answer.statusCode() == 200)
                    .toList();
            assertEquals(1, done.size());
            assertEquals(
                    7,
                    answers.stream()
                            .filter(answer -> answer.statusCode() == 412)
                            .count());
            assertEquals(done.get(0).path("name"), row().get("name"));
            assertEquals(before + 1, row().get("version"));
        }

        @Test
        void aDisabledClientGetsNothingUntilItIsEnabled() throws Exception {
            String secret = make().path("client_secret");
            admin().post(path + "/disable").then().statusCode(200).body("enabled", equalTo(false));
            authenticates(401, secret);
            admin().post(path + "/enable").then().statusCode(200).body("enabled", equalTo(true));
            authenticates(200, secret);
            assertEquals(1, trail("client.disable", id).size());
            assertEquals(1, trail("client.enable", id).size());
        }

        @Test
        void whatIsDeletedIsGone() throws Exception {
            String secret = make().path("client_secret");
            admin().header("If-Match", "*").delete(path).then().statusCode(200).body("devices", equalTo(0));
            authenticates(401, secret);
            for (Response gone : List.of(
                    reader().get(path),
                    admin().header("If-Match", "*").delete(path),
                    patching("{}").header("If-Match", "*").patch(path),
                    admin().post(path + "/disable"),
                    admin().post(path + "/secret"))) {
                gone.then().statusCode(404).contentType("application/problem+json");
            }
            assertEquals(1, trail("client.delete", id).size());
        }

        @Test
        void whatIsDeclaredElsewhereIsChangedThere() {
            String declared = CLIENTS + "/" + TestClients.DEVICE;
            Object before = Database.one("select * from client where id = ?", TestClients.DEVICE);
            String body = "{\"name\": \"x\"}";
            for (Response refused : List.of(
                    sending(body).header("If-Match", "*").put(declared),
                    patching(body).header("If-Match", "*").patch(declared),
                    admin().header("If-Match", "*").delete(declared),
                    admin().post(declared + "/disable"),
                    admin().post(declared + "/secret"))) {
                refused.then()
                        .statusCode(409)
                        .contentType("application/problem+json")
                        .body("type", equalTo("urn:jeton:problem:declared-elsewhere"))
                        .body("detail", equalTo("it is declared in the configuration and is changed there alone"));
            }
            reader().get(declared).then().body("declared", equalTo(true)).body("source", equalTo("configuration"));
            assertEquals(before, Database.one("select * from client where id = ?", TestClients.DEVICE));
        }
    }

    @Nested
    class Secrets {
        @Test
        void aFormerSecretCountsUntilTheOverlapEnds() throws Exception {
            String former = make().path("client_secret");
            Response rotated = sending("{\"overlap\": \"PT1H\"}").post(path + "/secret");
            rotated.then().statusCode(200).body("former_secret_until", notNullValue());
            String present = rotated.path("client_secret");
            authenticates(200, former);
            authenticates(200, present);

            admin().header("If-Match", rotated.header("ETag"))
                    .delete(path + "/secret/former")
                    .then()
                    .statusCode(200)
                    .body("former_secret_until", nullValue())
                    .body("client_secret", nullValue());
            authenticates(401, former);
            authenticates(200, present);
            assertEquals(1, trail("client.rotate_secret", id).size());
            assertEquals(1, trail("client.revoke_former_secret", id).size());
        }

        @Test
        void theOverlapIsAWeekWhereNobodySays() throws Exception {
            String former = make().path("client_secret");
            admin().post(path + "/secret").then().statusCode(200).body("former_secret_until", notNullValue());
            authenticates(200, former);
            sending("{\"overlap\": \"PT0S\"}")
                    .post(path + "/secret")
                    .then()
                    .statusCode(200)
                    .body("former_secret_until", nullValue());
            authenticates(401, former);
        }

        @Test
        void anOverlapHasItsBounds() {
            make();
            Object before = row();
            for (String body : List.of("{\"overlap\": \"P91D\"}", "{\"overlap\": \"-PT1S\"}", "{\"overlap\": 7}")) {
                sending(body)
                        .post(path + "/secret")
                        .then()
                        .statusCode(422)
                        .body("errors.pointer", contains("#/overlap"));
            }
            sending("{\"overlaps\": \"PT1H\"}").post(path + "/secret").then().statusCode(422);
            assertEquals(before, row());
        }

        @Test
        void whoHasNoSecretHasNoneToRotate() {
            sending("{\"id\": \"" + id + "\", \"name\": \"Device\"}")
                    .post(CLIENTS)
                    .then()
                    .statusCode(201)
                    .body("client_secret", nullValue());
            admin().post(path + "/secret")
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("#/token_endpoint_auth_method"));
        }
    }

    private Response make() {
        Response made = sending(SERVICE.formatted(id)).post(CLIENTS);
        made.then().statusCode(201);
        return made;
    }

    private void authenticates(int status, String secret) throws Exception {
        Map<String, String> form = Map.of("grant_type", "client_credentials", "client_id", id, "client_secret", secret);
        TwoReplicas.agree(() -> TestDevice.post("/token", form).statusCode() == status);
    }

    private Map<String, Object> row() {
        Map<String, Object> row = Database.one("select * from client where id = ?", id);
        row.replaceAll((column, value) -> value instanceof byte[] bytes ? List.of(bytes.length) : value);
        return row;
    }
}
