package io.jeton.admin;

import static io.jeton.test.TestOperator.admin;
import static io.jeton.test.TestOperator.patching;
import static io.jeton.test.TestOperator.reader;
import static io.jeton.test.TestOperator.sending;
import static io.jeton.test.TestOperator.token;
import static io.jeton.test.TestOperator.trail;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.jeton.test.Browser;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestOperator;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@ServiceTest
@DisplayName("The admin API: users")
class UsersApiTest {
    private static final String USERS = "/admin/users";
    private static final String PASSWORD = "a sentence that nobody guesses";

    private final String name = "person-" + UUID.randomUUID();

    @Test
    void aPersonIsMadeAndMaySignIn() throws Exception {
        Response made = make();
        made.then()
                .statusCode(201)
                .header("Location", endsWith(USERS + "/" + made.path("id")))
                .header("ETag", matchesPattern("\"\\d+\""))
                .body("name", equalTo(name))
                .body("enabled", equalTo(true))
                .body("roles", hasSize(0))
                .body("source", equalTo("api"));
        assertFalse(made.asString().contains("password"));
        assertEquals(303, signIn(PASSWORD));
        reader().queryParam("q", name)
                .get(USERS)
                .then()
                .body("items.name", contains(name))
                .body("items.id", contains(made.<String>path("id")));
        assertEquals(1, trail("account.create", made.path("id")).size());
    }

    @Test
    void aChangeAndItsRecordAreOneTransaction() {
        String id = make().path("id");
        String together = "select 1 from account a join audit_event e on e.account_id = a.id and e.xmin = a.xmin"
                + " where a.id = ?::uuid and e.reason = ?";
        assertEquals(1, Database.query(together, id, "account.create").size());
        admin().post(USERS + "/" + id + "/disable").then().statusCode(200);
        assertEquals(1, Database.query(together, id, "account.disable").size());
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        List<Response> answers = Concurrently.call(4, this::make);
        assertEquals(
                1, answers.stream().filter(answer -> answer.statusCode() == 201).count());
        assertEquals(
                3, answers.stream().filter(answer -> answer.statusCode() == 409).count());
        assertEquals(
                1, Database.query("select id from account where name = ?", name).size());
    }

    @Test
    void allThatIsWrongIsNamed() {
        sending("{\"name\": \" %s\", \"password\": \"short\", \"roles\": [\"Admin!\"]}".formatted(name))
                .post(USERS)
                .then()
                .statusCode(422)
                .body("errors.pointer", containsInAnyOrder("#/name", "#/password", "#/roles"));
        sending("{\"name\": 1, \"password\": true, \"roles\": \"admin\", \"is_admin\": true}")
                .post(USERS)
                .then()
                .statusCode(422)
                .body("errors.pointer", containsInAnyOrder("#/name", "#/password", "#/roles", "#/is_admin"));
        assertEquals(List.of(), Database.query("select id from account where name like ?", "%" + name));
    }

    @Test
    void aChangeSaysWhatItIsOf() {
        String path = path(make());
        Object before = row();
        String body = "{\"name\": \"%s\", \"roles\": [\"admin\"]}".formatted(name);
        String password = "{\"password\": \"another sentence\"}";
        for (Response missing : List.of(
                sending(body).put(path),
                patching(body).patch(path),
                admin().delete(path),
                sending(password).put(path + "/password"))) {
            missing.then().statusCode(428);
        }
        for (Response stale : List.of(
                sending(body).header("If-Match", "\"99\"").put(path),
                patching(body).header("If-Match", "\"99\"").patch(path),
                admin().header("If-Match", "\"99\"").delete(path),
                sending(password).header("If-Match", "\"99\"").put(path + "/password"),
                admin().header("If-Match", "\"99\"").post(path + "/disable"))) {
            stale.then().statusCode(412).contentType("application/problem+json");
        }
        assertEquals(before, row());
    }

    @Test
    void ofManyWhoReadTheSameOneChangesIt() throws Exception {
        Response made = make();
        String token = token("jeton:admin");
        List<Integer> statuses = Concurrently.call(8, () -> TestOperator.bearer(token)
                .contentType(TestOperator.MERGE_PATCH)
                .body("{\"roles\": [\"auditor\"]}")
                .header("If-Match", made.header("ETag"))
                .patch(path(made))
                .statusCode());
        assertEquals(1, statuses.stream().filter(status -> status == 200).count());
        assertEquals(7, statuses.stream().filter(status -> status == 412).count());
        assertEquals("auditor", row().get("roles"));
    }

    @Test
    void rolesAndNameAreChangedAndThePasswordStays() throws Exception {
        Response made = make();
        Response changed = patching("{\"roles\": [\"admin\"]}")
                .header("If-Match", made.header("ETag"))
                .patch(path(made));
        changed.then().statusCode(200).body("roles", contains("admin"));
        String other = name + "-other";
        sending("{\"name\": \"%s\"}".formatted(other))
                .header("If-Match", changed.header("ETag"))
                .put(path(made))
                .then()
                .statusCode(200)
                .body("name", equalTo(other))
                .body("roles", hasSize(0));
        assertEquals(303, signIn(other, PASSWORD));
        assertEquals(2, trail("account.update", made.path("id")).size());
    }

    @Test
    void anotherPasswordEndsWhatTheFormerOneBegan() throws Exception {
        Response made = make();
        assertEquals(303, signIn(PASSWORD));
        assertEquals(1, sessions(made));
        sending("{\"password\": \"another sentence\"}")
                .header("If-Match", made.header("ETag"))
                .put(path(made) + "/password")
                .then()
                .statusCode(200);
        assertEquals(0, sessions(made));
        assertEquals(303, signIn("another sentence"));
        assertEquals(1, trail("account.set_password", made.path("id")).size());
    }

    @Test
    void aPersonIsSignedOutEverywhere() throws Exception {
        Response made = make();
        assertEquals(303, signIn(PASSWORD));
        assertEquals(303, signIn(PASSWORD));
        admin().post(path(made) + "/sign-out-everywhere").then().statusCode(200).body("sessions", equalTo(2));
        assertEquals(0, sessions(made));
        admin().post(USERS + "/" + UUID.randomUUID() + "/sign-out-everywhere")
                .then()
                .statusCode(404);
        assertEquals(1, trail("account.sign_out_everywhere", made.path("id")).size());
    }

    @Test
    void aDisabledPersonDoesNothingUntilEnabled() throws Exception {
        Response made = make();
        admin().post(path(made) + "/disable").then().statusCode(200).body("enabled", equalTo(false));
        assertEquals(403, signIn(PASSWORD));
        admin().post(path(made) + "/enable").then().statusCode(200).body("enabled", equalTo(true));
        assertEquals(303, signIn(PASSWORD));
    }

    @Test
    void allDevicesOfAPersonAreRevoked() throws Exception {
        Response made = make();
        TestDevice device = TestDevice.approved(TestClients.DEVICE);
        Object id = device.id();
        String refreshToken = device.redeem();
        Database.update(
                "update device set account_id = ?::uuid where id = (select device_id from device_authorization"
                        + " where id = ?)",
                made.<String>path("id"),
                id);
        TestDevice other = TestDevice.approved(TestClients.DEVICE);
        String untouched = other.redeem();

        admin().post(path(made) + "/revoke-devices")
                .then()
                .statusCode(202)
                .header("Location", containsString("/admin/revocations/"))
                .body("bulk_revocation", notNullValue())
                .body("matched", equalTo(1));

        Eventually.holds(() -> Database.one(
                        "select count(*) as n from refresh_token t join device d on d.id = t.device_id"
                                + " where d.account_id = ?::uuid and t.revoked_at is not null",
                        made.<String>path("id"))
                .get("n")
                .equals(1L));
        device.refresh(refreshToken).then().statusCode(400).body("error", equalTo("invalid_grant"));
        other.refresh(untouched).then().statusCode(200);
    }

    @Test
    void whatIsDeletedIsGone() throws Exception {
        Response made = make();
        admin().header("If-Match", made.header("ETag"))
                .delete(path(made))
                .then()
                .statusCode(200)
                .body("devices", equalTo(0));
        reader().get(path(made)).then().statusCode(404);
        assertEquals(403, signIn(PASSWORD));
        for (String nobody :
                List.of("x", "' or 1=1", UUID.randomUUID().toString(), "00000000-0000-0000-0000-00000000000g")) {
            reader().get(USERS + "/" + nobody).then().statusCode(404).contentType("application/problem+json");
        }
        assertEquals(1, trail("account.delete", made.path("id")).size());
    }

    @Test
    void whatIsDeclaredElsewhereIsChangedThere() {
        Map<String, Object> before = Database.one("select * from account where name = ?", TestClients.PERSON);
        String path = USERS + "/" + before.get("id");
        for (Response refused : List.of(
                sending("{\"name\": \"x\"}").header("If-Match", "*").put(path),
                patching("{\"roles\": [\"admin\"]}").header("If-Match", "*").patch(path),
                sending("{\"password\": \"another sentence\"}")
                        .header("If-Match", "*")
                        .put(path + "/password"),
                admin().header("If-Match", "*").delete(path),
                admin().post(path + "/disable"))) {
            refused.then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:jeton:problem:declared-elsewhere"));
        }
        assertEquals(before, Database.one("select * from account where name = ?", TestClients.PERSON));
    }

    private Response make() {
        return sending("{\"name\": \"%s\", \"password\": \"%s\"}".formatted(name, PASSWORD))
                .post(USERS);
    }

    private static String path(Response made) {
        return USERS + "/" + made.path("id");
    }

    private Map<String, Object> row() {
        return Database.one("select * from account where name = ?", name);
    }

    private static long sessions(Response made) {
        return (long) Database.one(
                        "select count(*) as n from browser_session where account_id = ?::uuid", made.<String>path("id"))
                .get("n");
    }

    private int signIn(String password) {
        return signIn(name, password);
    }

    private static int signIn(String person, String password) {
        Database.update("delete from guess_budget");
        Browser browser = Browser.at("127.0.0.1");
        browser.get("/device").then().statusCode(200);
        return browser.signIn(person, password).statusCode();
    }
}
