package io.jeton.device;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Browser;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@ServiceTest
class VerificationPageTest {
    private static final String PASSWORD = Browser.PASSWORD;
    private static final List<String> PEOPLE = List.of("ada", "ben", "cyd", "dot", "eve");
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    @BeforeEach
    void nobodyHasGuessed() {
        Database.update("delete from guess_budget");
        Database.update("update account set enabled = true where name <> 'gone'");
    }

    @Nested
    class SigningIn {
        @Test
        void theCodeOfALinkIsCarriedOverTheSignIn() {
            String code = ask();
            Browser browser = Browser.at("127.0.0.1");

            browser.get("/device?user_code=" + code).then().statusCode(200).body(containsString("Sign in"));
            browser.signIn("ada", PASSWORD)
                    .then()
                    .statusCode(303)
                    .header("Location", equalTo("/device?user_code=" + code));
        }

        @Test
        void anUnknownNameAWrongPasswordAndADisabledAccountLookTheSame() {
            for (String name : List.of("ada", "nobody", "gone")) {
                Browser browser = Browser.at("127.0.0.1");
                browser.get("/device");
                browser.signIn(name, name.equals("gone") ? PASSWORD : "wrong horse")
                        .then()
                        .statusCode(403)
                        .header("Set-Cookie", not(containsString("jeton-session")))
                        .body(containsString("Name and password do not match"));
            }
        }

        @Test
        void everySignInStartsAnotherSessionAndEndsTheFormer() {
            Browser browser = Browser.signedIn("ada");
            String former = browser.cookie("jeton-session");

            browser.signIn("ada", PASSWORD).then().statusCode(303);

            assertNotEquals(former, browser.cookie("jeton-session"));
            Browser thief = Browser.at("127.0.0.1");
            thief.setCookie("jeton-session", former);
            thief.get("/device").then().body(containsString("Sign in to connect"));
        }

        @Test
        void theCookieIsOutOfReachOfScriptsAndOtherSites() {
            Browser browser = Browser.at("127.0.0.1");
            browser.get("/device");
            browser.signIn("ada", PASSWORD)
                    .then()
                    .header(
                            "Set-Cookie",
                            allOf(
                                    startsWith("jeton-session=jss_"),
                                    containsString("; Path=/; HttpOnly; SameSite=Lax")));
        }

        @Test
        void signingOutEndsTheSessionForWhoeverHasItsCookie() {
            Browser browser = Browser.signedIn("ada");
            String session = browser.cookie("jeton-session");

            browser.post("/device/sign-out").then().statusCode(303).header("Set-Cookie", containsString("Max-Age=0"));

            browser.setCookie("jeton-session", session);
            browser.get("/device").then().body(containsString("Sign in to connect"));
        }

        @Test
        void aFormFromBeforeAnotherPersonSignedInIsRefused() {
            Browser browser = Browser.signedIn("ada");
            browser.enter(ask()).then().body(containsString("Is this your device?"));
            Browser left = browser.copy();

            browser.post("/device/sign-out");
            browser.get("/device");
            browser.signIn("ben", PASSWORD).then().statusCode(303);

            left.takeCookies(browser);
            left.decide("approve").then().statusCode(403);
            assertEquals("PENDING", latest().get("state"));
        }

        @Test
        void aSessionEndsWhenItsTimeIsUpOrItsAccountIsDisabled() {
            Browser late = Browser.signedIn("ben");
            Database.update("update browser_session set expires_at = now() where account_id ="
                    + " (select id from account where name = 'ben')");
            late.get("/device").then().body(containsString("Sign in to connect"));

            Browser disabled = Browser.signedIn("ben");
            Database.update("update account set enabled = false where name = 'ben'");
            disabled.get("/device").then().body(containsString("Sign in to connect"));
        }

        @Test
        void aLinkOfAnotherSiteCostsNoGuessAndShowsTheCodeToConfirm() {
            String code = ask();
            Browser browser = Browser.signedIn("ada");
            for (int i = 0; i < 10; i++) {
                browser.request()
                        .header("Sec-Fetch-Site", i % 2 == 0 ? "cross-site" : "same-site")
                        .get("/device?user_code=" + code)
                        .then()
                        .statusCode(200)
                        .body(containsString("value=\"" + code + "\""));
            }
            browser.get("/device?user_code=" + code).then().body(containsString("Is this your device?"));
        }

        @Test
        void wrongPasswordsAreBudgetedAndTheRightOneIsThenNotEvenTried() {
            Browser browser = Browser.at("127.0.0.1");
            browser.get("/device");
            for (int i = 0; i < 5; i++) {
                browser.signIn("ada", "wrong horse").then().statusCode(403);
            }
            browser.signIn("ada", PASSWORD)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", matchesPattern("[0-9]+"))
                    .body(containsString("Too many wrong attempts"));

            Browser elsewhere = Browser.at("127.0.0.2");
            elsewhere.get("/device");
            elsewhere.signIn("ada", PASSWORD).then().statusCode(303);
        }

        @Test
        void aRightPasswordCostsNothing() {
            for (int i = 0; i < 7; i++) {
                Browser browser = Browser.signedIn("ada");
                assertFalse(browser.cookie("jeton-session").isEmpty());
            }
            assertEquals(List.of(), Database.query("select * from guess_budget"));
        }
    }

    @Nested
    class Deciding {
        @Test
        void aPersonApproves() {
            String code = ask();
            Browser browser = Browser.signedIn("ada");

            browser.enter(code.toLowerCase(Locale.ROOT).replace("-", " "))
                    .then()
                    .statusCode(200)
                    .body(containsString(code), containsString("Only continue if you see this code"));
            browser.decide("approve").then().statusCode(200).body(containsString("Approved"));

            Map<String, Object> row = latest();
            assertEquals("APPROVED", row.get("state"));
            assertEquals(
                    Database.one("select id from account where name = 'ada'").get("id"), row.get("account_id"));
        }

        @Test
        void aPersonDenies() {
            Browser browser = Browser.signedIn("ada");
            browser.enter(ask());
            browser.decide("deny").then().statusCode(200).body(containsString("Denied"));
            assertEquals("DENIED", latest().get("state"));
        }

        @Test
        void aGetOnlyShowsWhateverItsAddressSays() {
            String code = ask();
            Browser browser = Browser.signedIn("ada");
            browser.get("/device?user_code=" + code + "&decision=approve")
                    .then()
                    .statusCode(200);
            browser.get("/device/decision?decision=approve").then().statusCode(303);
            assertEquals("PENDING", latest().get("state"));
        }

        @Test
        void aSecondDecisionChangesNothing() {
            String code = ask();
            Browser first = Browser.signedIn("ada");
            Browser second = Browser.signedIn("ben");
            first.enter(code);
            second.enter(code);

            first.decide("deny").then().statusCode(200);
            second.decide("approve").then().statusCode(409).body(containsString("This request is over"));
            assertEquals("DENIED", latest().get("state"));
        }

        @Test
        void anExpiredCodeIsFoundNoMoreAndApprovedNoMore() {
            String code = ask();
            Browser browser = Browser.signedIn("ada");
            browser.enter(code);
            Database.update("update device_authorization set expires_at = now()");

            browser.decide("approve").then().statusCode(409);
            browser.enter(code).then().statusCode(400).body(containsString("No device waits with this code"));
            assertEquals("PENDING", latest().get("state"));
        }

        @Test
        void aDecisionNeedsAPersonAndOneOfTwoWords() {
            Browser browser = Browser.signedIn("ada");
            browser.enter(ask());
            browser.decide("perhaps").then().statusCode(400);
            browser.post("/device/decision", "decision", "approve", "request", "jda_forged")
                    .then()
                    .statusCode(400);
            browser.setCookie("jeton-session", "");
            browser.decide("approve").then().statusCode(403).body(containsString("Nothing was decided"));
            assertEquals("PENDING", latest().get("state"));
        }

        @Test
        void whatADeviceClaimsIsShownAsTextAndScopesAsWords() {
            String code = given().contentType(Browser.FORM)
                    .formParams(Map.of(
                            "client_id", "kettle",
                            "scope", "openid telemetry:write rabbitmq.read:*/*",
                            "device_name", "<script>alert('x')</script>"))
                    .post("/device_authorization")
                    .path("user_code");
            Browser.signedIn("ada")
                    .enter(code)
                    .then()
                    .body(
                            not(containsString("<script")),
                            containsString("&lt;script&gt;"),
                            containsString("Not verified"),
                            containsString("Send measurements"),
                            containsString("<code>rabbitmq.read:*/*</code>"),
                            containsString("127.0.0.1"),
                            containsString("just now"));
        }
    }

    @Nested
    class ForgedForms {
        @Test
        void aFormWithoutItsTokenChangesNothing() {
            Browser browser = Browser.signedIn("ada");
            browser.enter(ask());
            browser.forgetHidden("csrf");
            browser.decide("approve").then().statusCode(403).body(containsString("out of date"));
            assertEquals("PENDING", latest().get("state"));
        }

        @Test
        void theTokenOfAnotherBrowserChangesNothing() {
            Browser browser = Browser.signedIn("ada");
            browser.enter(ask());
            browser.setCookie("jeton-browser", "A".repeat(22));
            browser.decide("approve").then().statusCode(403);
            browser.setCookie("jeton-browser", "");
            browser.decide("approve").then().statusCode(403);
            assertEquals("PENDING", latest().get("state"));
        }

        @Test
        void theSignInIsGuardedToo() {
            Browser browser = Browser.at("127.0.0.1");
            browser.get("/device");
            browser.forgetHidden("csrf");
            browser.signIn("ada", PASSWORD).then().statusCode(403).body(containsString("out of date"));
        }

        @Test
        void aFormFromAnotherOriginIsRefused() {
            Browser browser = Browser.signedIn("ada");
            for (String origin : List.of("https://evil.example", "null")) {
                browser.request()
                        .header("Origin", origin)
                        .contentType(Browser.FORM)
                        .formParam("csrf", "x")
                        .post("/device/sign-out")
                        .then()
                        .statusCode(403);
            }
            browser.get("/device").then().body(containsString("Signed in as"));
        }

        @Test
        void whatIsNoFormIsRefusedWithAPage() {
            given().contentType("application/json")
                    .body("{}")
                    .post("/device/decision")
                    .then()
                    .statusCode(400)
                    .contentType("text/html")
                    .body(containsString("Nothing was changed"));
        }
    }

    @Nested
    class WrongCodes {
        @Test
        void anIllFormedCodeIsExplainedAndCostsNothing() {
            Browser browser = Browser.signedIn("ada");
            for (String typed : List.of("HELLO", "1234-5678", "<b>", "x".repeat(500), "")) {
                browser.enter(typed).then().statusCode(400).body(containsString("That is not a code"));
            }
            assertEquals(List.of(), Database.query("select * from guess_budget"));
        }

        @Test
        void anAccountHasFiveEvenWhenItGuessesInParallel() throws Exception {
            Browser browser = Browser.signedIn("ada");
            List<Supplier<Response>> guesses = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String path = "/device?user_code=" + wrong(i);
                guesses.add(() -> browser.request().get(path));
            }

            Map<Integer, Integer> statuses = inParallel(guesses);

            assertEquals(Map.of(400, 5, 429, 15), statuses);
            assertEquals(
                    5,
                    Database.one("select failures from guess_budget where subject like 'code account %'")
                            .get("failures"));
            browser.enter(ask()).then().statusCode(429).header("Retry-After", matchesPattern("[0-9]+"));
        }

        @Test
        void anAddressHasTwentyHoweverManyAccountsGuess() throws Exception {
            List<Supplier<Response>> guesses = new ArrayList<>();
            for (String name : PEOPLE) {
                Browser browser = Browser.signedIn(name);
                for (int i = 0; i < 5; i++) {
                    String path = "/device?user_code=" + wrong(i);
                    guesses.add(() -> browser.request().get(path));
                }
            }

            assertEquals(Map.of(400, 20, 429, 5), inParallel(guesses));
        }

        @Test
        void theBudgetComesBackWithTheNextWindow() {
            Browser browser = Browser.signedIn("ada");
            for (int i = 0; i < 6; i++) {
                browser.enter(wrong(i)).then().statusCode(i < 5 ? 400 : 429);
            }
            Database.update("update guess_budget set window_ends_at = now()");
            browser.enter(ask()).then().statusCode(200);
        }

        @Test
        void aRightCodeCostsNothing() {
            String code = ask();
            Browser browser = Browser.signedIn("ada");
            for (int i = 0; i < 7; i++) {
                browser.enter(code).then().statusCode(200);
            }
            assertEquals(List.of(), Database.query("select * from guess_budget"));
        }
    }

    @Nested
    class ThePage {
        @Test
        void isClosedToScriptsFramesAndCaches() {
            given().get("/device")
                    .then()
                    .header(
                            "Content-Security-Policy",
                            allOf(
                                    startsWith("default-src 'none'"),
                                    containsString("frame-ancestors 'none'"),
                                    containsString("form-action 'self'"),
                                    not(containsString("unsafe"))))
                    .header("X-Content-Type-Options", "nosniff")
                    .header("X-Frame-Options", "DENY")
                    .header("Referrer-Policy", "same-origin")
                    .header("Cache-Control", "no-store");
        }

        @Test
        void isServedWithItsOwnStyleAndIcon() {
            given().get("/assets/jeton.css").then().statusCode(200).contentType("text/css");
            given().get("/assets/jeton.svg").then().statusCode(200).contentType("image/svg+xml");
        }

        @Test
        void survivesABrokenQuery() {
            for (String query : List.of("user_code=%ff%fe", "user_code", "user_code=A&user_code=B")) {
                int status = given().urlEncodingEnabled(false)
                        .get("/device?" + query)
                        .statusCode();
                assertTrue(status < 500, query);
            }
        }

        @Test
        void offersAQrCodeThatAsksNoDatabase() {
            given().get("/device/qr.svg?user_code=bcdf-ghjk")
                    .then()
                    .statusCode(200)
                    .contentType("image/svg+xml")
                    .body(startsWith("<svg"), containsString("<path"));
            given().get("/device/qr.svg?user_code=%3Cscript%3E")
                    .then()
                    .statusCode(400)
                    .body(not(containsString("script")));
            given().get("/device/qr.svg").then().statusCode(400);
        }
    }

    private static String ask() {
        return given().contentType(Browser.FORM)
                .formParams(Map.of("client_id", "kettle", "scope", "telemetry:write"))
                .post("/device_authorization")
                .then()
                .statusCode(200)
                .extract()
                .path("user_code");
    }

    private static Map<String, Object> latest() {
        return Database.one("select state, account_id from device_authorization order by created_at desc limit 1");
    }

    private static String wrong(int i) {
        return "BBBB-BBB" + LETTERS.charAt(i);
    }

    private static Map<Integer, Integer> inParallel(List<Supplier<Response>> requests) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(requests.size());
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (Supplier<Response> request : requests) {
                answers.add(threads.submit(() -> request.get().statusCode()));
            }
            Map<Integer, Integer> statuses = new HashMap<>();
            for (Future<Integer> answer : answers) {
                statuses.merge(answer.get(), 1, Integer::sum);
            }
            return statuses;
        } finally {
            threads.shutdown();
        }
    }
}
