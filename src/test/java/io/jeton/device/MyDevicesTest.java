package io.jeton.device;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Browser;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestDevice;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a person's devices: over HTTP, without JavaScript. */
@ServiceTest
class MyDevicesTest {
    private static final List<String> FORMS = List.of("name", "suspension", "resumption", "revocation");

    private static final String JUST_APPROVED = "href=\"/devices?done=approved\"";

    private Browser browser;
    private TestDevice device;
    private String token;
    private String id;
    private String address;

    @BeforeEach
    void adaConnectsAKettle() {
        Database.update("delete from guess_budget");
        Database.update("delete from device where account_id in (select id from account where name in ('ada', 'ben'))");
        browser = Browser.signedIn("ada");
        device = TestDevice.asking(
                "kettle",
                "scope",
                "openid telemetry:write",
                "device_name",
                "<b>Kettle</b>",
                "device_model",
                "K-9",
                "device_serial",
                "4711");
        browser.enter(device.userCode());
        browser.decide("approve").then().statusCode(200).body(containsString(JUST_APPROVED));
        token = device.redeem();
        id = device.row().get("device_id").toString();
        address = "/devices/" + id;
    }

    @Test
    void aPersonSeesTheirDevicesAndNobodyElses() {
        browser.get("/devices")
                .then()
                .statusCode(200)
                .body(
                        containsString("&lt;b&gt;Kettle&lt;/b&gt;"),
                        containsString("K-9"),
                        containsString("4711"),
                        containsString("Connected"),
                        containsString("just now</time> from 127.0.0.1"),
                        not(containsString("<b>Kettle")));
        Browser.signedIn("ben")
                .get("/devices")
                .then()
                .statusCode(200)
                .body(containsString("No device is connected"), not(containsString("Kettle")));
    }

    @Test
    void whoHasJustApprovedADeviceIsToldThatItIsStillToCome() throws Exception {
        Browser ben = Browser.signedIn("ben");
        TestDevice approved = TestDevice.asking("kettle", "device_name", "Still to come");
        ben.enter(approved.userCode());
        ben.decide("approve").then().body(containsString(JUST_APPROVED));

        ben.get("/devices?done=approved")
                .then()
                .statusCode(200)
                .body(
                        containsString("appears here as soon as"),
                        not(containsString("Still to come")),
                        not(containsString("No device is connected")));
        approved.redeem();
        ben.get("/devices?done=approved").then().body(containsString("Still to come"));
        ben.get("/devices").then().body(not(containsString("appears here as soon as")));
    }

    @Test
    void oneDeviceShowsEverythingThatIsKnownOfIt() {
        browser.get(address)
                .then()
                .statusCode(200)
                .body(
                        containsString("Send measurements"),
                        containsString("Know which account it is connected to"),
                        containsString("First seen"),
                        containsString("<dd>Kettle</dd>"),
                        containsString("4711"));
    }

    @Test
    void theAnswersAreGuardedAsTheOtherPagesAre() {
        for (String path : List.of("/", "/devices", address, address + "/revocation", "/devices/x")) {
            browser.get(path)
                    .then()
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .header("X-Frame-Options", equalTo("DENY"))
                    .header("X-Content-Type-Options", equalTo("nosniff"))
                    .header("Referrer-Policy", equalTo("same-origin"))
                    .header("Cache-Control", equalTo("no-store"));
        }
    }

    @Test
    void anotherPersonsDeviceIsNotFoundWhateverIsAsked() {
        Browser ben = Browser.signedIn("ben");
        ben.get("/devices").then().statusCode(200);
        ben.get(address).then().statusCode(404).body(containsString("No such device"));
        ben.get(address + "/revocation").then().statusCode(404);
        for (String form : FORMS) {
            ben.post(address + "/" + form, "name", "mine").then().statusCode(404);
        }
        assertEquals(1L, row("version"));
        assertNull(device.tokenRow().get("revoked_at"));
    }

    @Test
    void whatIsNoDeviceIsNotFound() {
        browser.get("/devices").then().statusCode(200);
        for (String wrong : List.of(UUID.randomUUID().toString(), "x", "%00", "1-1-1-1-1")) {
            browser.get("/devices/" + wrong).then().statusCode(404).body(containsString("No such device"));
            browser.post("/devices/" + wrong + "/revocation").then().statusCode(404);
        }
    }

    @Test
    void aPersonRenames() {
        browser.get(address);
        follow(browser.post(address + "/name", "name", " Grandmother's & mine "))
                .then()
                .body(containsString("new name"), containsString("Grandmother&#39;s &amp; mine"));
        assertEquals("Grandmother's & mine", row("name"));
    }

    @Test
    void aNameThatIsNoneIsRefusedAndNothingChanges() {
        browser.get(address);
        for (String name : List.of("", "   ", "x".repeat(101))) {
            browser.post(address + "/name", "name", name)
                    .then()
                    .statusCode(400)
                    .body(containsString("A name has 1 to 100 characters"));
        }
        for (String name : List.of("a\nb", "\u007f")) {
            browser.post(address + "/name", "name", name).then().statusCode(400);
        }
        assertEquals("<b>Kettle</b>", row("name"));
    }

    @Test
    void aPersonSuspendsAndResumesAndTheDeviceGoesOn() {
        browser.get(address);
        follow(browser.post(address + "/suspension"))
                .then()
                .body(containsString("The device is suspended"), containsString("Resume"));
        assertEquals("SUSPENDED", row("state"));
        device.refresh(token).then().statusCode(400).body("error", equalTo("access_denied"));

        follow(browser.post(address + "/resumption")).then().body(containsString("The device is resumed"));
        device.refresh(token).then().statusCode(200);
    }

    @Test
    void whatWasSuspendedAndThenRevokedDoesNotGoOnByItself() {
        browser.get(address);
        follow(browser.post(address + "/suspension")).then().body(containsString("Resumed, it goes on by itself"));
        follow(browser.post(address + "/revocation"))
                .then()
                .body(containsString("connected once more with a code"), not(containsString("goes on by itself")));
        follow(browser.post(address + "/resumption"))
                .then()
                .body(containsString("Not connected"), not(containsString("goes on by itself")));
        device.refresh(token).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void whatAnOperatorSuspendedThePersonDoesNotResume() {
        Database.update("update device set state = 'SUSPENDED', state_changed_by = 'OPERATOR' where id = ?::uuid", id);
        browser.get(address)
                .then()
                .body(containsString("The operator suspended it"), not(containsString("/resumption")));
        follow(browser.post(address + "/resumption")).then().body(containsString("Nothing was changed"));
        assertEquals("SUSPENDED", row("state"));
    }

    @Test
    void aPersonIsAskedAndThenRevokes() {
        browser.get(address).then().body(containsString("href=\"" + address + "/revocation\""));
        browser.get(address + "/revocation")
                .then()
                .statusCode(200)
                .body(containsString("Revoke the access of"), containsString("Keep it connected"));
        assertNull(device.tokenRow().get("revoked_at"));

        follow(browser.post(address + "/revocation"))
                .then()
                .body(containsString("Access is revoked"), containsString("Not connected"));
        assertNotNull(device.tokenRow().get("revoked_at"));
        assertEquals("by its owner", device.tokenRow().get("revocation_reason"));
        device.refresh(token).then().statusCode(400).body("error", equalTo("invalid_grant"));
        browser.get(address + "/revocation").then().statusCode(303);
        follow(browser.post(address + "/revocation")).then().body(containsString("Nothing was changed"));
    }

    @Test
    void aGetOnlyShows() {
        for (String form : FORMS) {
            browser.get(address + "/" + form + "?name=x");
        }
        assertEquals(1L, row("version"));
        assertNull(device.tokenRow().get("revoked_at"));
    }

    @Test
    void aFormOfAnotherSiteOrAnotherBrowserIsRefused() {
        browser.get(address);
        Browser forger = browser.copy();
        forger.forgetHidden("csrf");
        for (String form : FORMS) {
            forger.post(address + "/" + form, "name", "x")
                    .then()
                    .statusCode(403)
                    .body(containsString("out of date"), containsString("href=\"/devices\""));
            browser.request()
                    .header("Origin", "https://elsewhere.example")
                    .contentType(Browser.FORM)
                    .post(address + "/" + form)
                    .then()
                    .statusCode(403);
        }
        forger.post("/devices/sign-out-everywhere").then().statusCode(403);
        assertEquals(1L, row("version"));
        browser.get("/devices").then().body(containsString("Your devices"));
    }

    @Test
    void whoIsNotSignedInSignsInAndComesBackToTheDevices() {
        Browser stranger = Browser.at("127.0.0.1");
        stranger.get("/devices").then().statusCode(200).body(containsString("Sign in to see your devices"));
        stranger.signIn("ada", "wrong horse").then().statusCode(403).body(containsString("to see your devices"));
        stranger.signIn("ada", Browser.PASSWORD).then().statusCode(303).header("Location", equalTo("/devices"));
        stranger.get(address).then().statusCode(200).body(containsString("Send measurements"));
    }

    @Test
    void anAddressThatTheFormNamesIsNotFollowed() {
        Browser stranger = Browser.at("127.0.0.1");
        stranger.get("/devices");
        stranger.post(
                        "/device/sign-in",
                        "name",
                        "ada",
                        "password",
                        Browser.PASSWORD,
                        "next",
                        "https://elsewhere.example")
                .then()
                .statusCode(303)
                .header("Location", equalTo("/device"));
    }

    @Test
    void whoIsSignedInNoLongerChangesNothing() {
        browser.get(address);
        Database.update("update browser_session set expires_at = now()");
        for (String form : FORMS) {
            browser.post(address + "/" + form, "name", "x")
                    .then()
                    .statusCode(403)
                    .body(containsString("Nothing was changed"));
        }
        assertEquals(1L, row("version"));
    }

    @Test
    void signingOutEverywhereEndsOwnBrowserSessionsAlone() {
        Browser phone = Browser.signedIn("ada");
        Browser ben = Browser.signedIn("ben");
        browser.get("/devices");
        String cookie = browser.cookie("jeton-session");
        browser.post("/devices/sign-out-everywhere")
                .then()
                .statusCode(200)
                .body(containsString("Your devices stay connected"));
        assertNotEquals(cookie, browser.cookie("jeton-session"));
        for (Browser out : List.of(browser, phone)) {
            out.get("/devices").then().body(containsString("Sign in to see"));
        }
        browser.setCookie("jeton-session", cookie);
        browser.get("/devices").then().body(containsString("Sign in to see"));
        ben.get("/devices").then().body(containsString("Signed in as"));
        device.refresh(token).then().statusCode(200);
    }

    @Test
    void aLongListComesInPages() {
        Database.update("""
                insert into device (id, account_id, client_id, name, first_seen_at, first_seen_from)
                select gen_random_uuid(), (select id from account where name = 'ada'), 'kettle', 'Old ' || n || '.',
                    timestamptz '2020-03-01 12:00Z' - n * interval '1 day', '192.0.2.1'
                from generate_series(1, 44) n""");
        String first = browser.get("/devices")
                .then()
                .body(allOf(containsString("Old 19."), not(containsString("Old 20."))))
                .extract()
                .asString();
        String second = browser.get(older(first))
                .then()
                .body(containsString("Old 20."), containsString("Old 39."), containsString("Back to the newest"))
                .extract()
                .asString();
        String third = browser.get(older(second)).asString();
        assertTrue(third.contains("Old 44.") && third.contains("on 17 January 2020"));
        assertFalse(third.contains("rel=\"next\""));
        browser.get("/devices?after=nonsense").then().statusCode(200).body(containsString("Old 1."));
    }

    @Test
    void theBareAddressSaysWhatThisIs() {
        Browser.at("127.0.0.1")
                .get("/")
                .then()
                .statusCode(200)
                .body(
                        containsString("href=\"/device\""),
                        containsString("href=\"/devices\""),
                        containsString("href=\"/.well-known/openid-configuration\""));
    }

    private static String older(String page) {
        Matcher next = Pattern.compile("href=\"([^\"]+)\" rel=\"next\"").matcher(page);
        assertTrue(next.find(), page);
        return next.group(1);
    }

    private Response follow(Response redirect) {
        redirect.then().statusCode(303);
        Response page = browser.get(redirect.header("Location"));
        page.then().statusCode(200);
        return page;
    }

    private Object row(String column) {
        return Database.one("select * from device where id = ?::uuid", id).get(column);
    }
}
