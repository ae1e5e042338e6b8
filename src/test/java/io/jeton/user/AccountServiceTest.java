package io.jeton.user;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.audit.Actor;
import io.jeton.audit.Author;
import io.jeton.crypto.PasswordHash;
import io.jeton.managed.Change;
import io.jeton.managed.Page;
import io.jeton.managed.Source;
import io.jeton.test.Await;
import io.jeton.test.Browser;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
class AccountServiceTest {
    private static final Author BY = new Author(Actor.operator("tests"), "192.0.2.1");
    private static final OptionalLong ANY = OptionalLong.empty();
    private static final String PASSWORD = Browser.PASSWORD;

    @Inject
    AccountService service;

    @Inject
    AccountRepository accounts;

    @Inject
    BrowserSessionRepository sessions;

    @BeforeEach
    void nobody() {
        Database.update("delete from guess_budget");
        Database.update("delete from account where name like 'managed%'");
    }

    @Test
    void aPersonIsCreatedAndSignsIn() {
        RegisteredAccount account = done(create("managed", "auditor", "admin"));
        assertEquals(List.of("admin", "auditor"), account.specification().roles());
        assertEquals(1, account.version());
        assertEquals(Source.API, account.source());
        Browser.signedIn("managed");
        assertFalse(row().toString().contains(PASSWORD));
    }

    @Test
    void aNameIsTakenOnce() throws Exception {
        List<Change<RegisteredAccount>> all = Concurrently.call(4, () -> create("managed"));
        assertEquals(
                1, all.stream().filter(change -> change instanceof Change.Done).count());
        RegisteredAccount other = done(create("managed-other"));
        assertInstanceOf(
                Change.AlreadyExists.class,
                Await.result(() ->
                        service.update(BY, other.id(), new AccountSpecification("managed", true, List.of()), ANY)));
        assertEquals(
                2,
                Database.query("select from account where name like 'managed%'").size());
    }

    @Test
    void whatIsWrongIsSaidAllAtOnceAndNothingIsWritten() {
        Change.Invalid<?> refused = assertInstanceOf(
                Change.Invalid.class,
                Await.result(() ->
                        service.create(BY, new AccountSpecification(" managed", true, List.of("Root")), "seven77")));
        assertEquals(
                List.of("name", "roles", "password"),
                refused.violations().stream().map(violation -> violation.path()).toList());
        assertFalse(refused.toString().contains("seven77"));
        assertTrue(
                Database.query("select from account where name like '%managed'").isEmpty());
    }

    @Test
    void anotherPasswordEndsTheSessions() {
        RegisteredAccount account = done(create("managed"));
        Browser browser = Browser.signedIn("managed");
        assertInstanceOf(
                Change.Invalid.class, Await.result(() -> service.setPassword(BY, account.id(), "seven77", ANY)));
        assertTrue(PasswordHash.matches((String) row().get("password_hash"), PASSWORD));

        done(Await.result(() -> service.setPassword(BY, account.id(), "battery staple", ANY)));

        assertTrue(PasswordHash.matches((String) row().get("password_hash"), "battery staple"));
        browser.get("/device").then().body(containsString("Sign in to connect"));
    }

    @Test
    void whoHasShownThePasswordBeforeItWasExchangedIsNotSignedInAfterwards() {
        RegisteredAccount account = done(create("managed"));
        AccountRow shown = present();
        done(Await.result(() -> service.setPassword(BY, account.id(), "battery staple", ANY)));
        assertTrue(Await.result(() -> sessions.start(shown)).isEmpty());
        AccountRow renewed = present();
        assertTrue(Await.result(() -> sessions.start(renewed)).isPresent());
        done(Await.result(() -> service.disable(BY, account.id(), ANY)));
        assertTrue(Await.result(() -> sessions.start(renewed)).isEmpty());
        assertInstanceOf(Change.Done.class, Await.result(() -> service.delete(BY, account.id(), ANY)));
        assertTrue(Await.result(() -> sessions.start(renewed)).isEmpty());
    }

    @Test
    void whoSignsInWhileThePasswordIsExchangedHasNoSessionAfterwards() throws Exception {
        RegisteredAccount account = done(create("managed"));
        for (int i = 0; i < 5; i++) {
            String password = "battery staple " + i;
            AccountRow shown = present();
            AtomicInteger turn = new AtomicInteger();
            Concurrently.call(5, () -> turn.getAndIncrement() == 0 ? exchange(account, password) : signInWhile(shown));
            assertTrue(PasswordHash.matches((String) row().get("password_hash"), password));
            assertEquals(
                    List.of(), Database.query("select id from browser_session where account_id = ?", account.id()));
        }
    }

    private boolean exchange(RegisteredAccount account, String password) {
        done(Await.result(() -> service.setPassword(BY, account.id(), password, ANY)));
        return true;
    }

    /** Again and again until it is refused. */
    private boolean signInWhile(AccountRow shown) {
        while (Await.result(() -> sessions.start(shown)).isPresent()) {
            Thread.onSpinWait();
        }
        return true;
    }

    @Test
    void theHashIsInNoText() {
        done(create("managed"));
        String hash = present().passwordHash();
        assertFalse(present().toString().contains(hash));
        assertFalse(AccountRows.row(present()).toString().contains(hash));
    }

    private AccountRow present() {
        return Await.result(() -> accounts.findByName("managed")).orElseThrow().row();
    }

    @Test
    void aDisabledPersonActsNoMoreUntilEnabled() {
        RegisteredAccount account = done(create("managed"));
        Browser browser = Browser.signedIn("managed");
        done(Await.result(() -> service.disable(BY, account.id(), ANY)));
        browser.get("/device").then().body(containsString("Sign in to connect"));
        done(Await.result(() -> service.enable(BY, account.id(), ANY)));
        Browser.signedIn("managed");
    }

    @Test
    void aVersionMustBeThePresentOneAndWhatIsGoneIsNotFound() {
        RegisteredAccount account = done(create("managed"));
        AccountSpecification renamed = new AccountSpecification("managed too", true, List.of("admin"));
        assertEquals(
                2,
                done(Await.result(() -> service.update(BY, account.id(), renamed, OptionalLong.of(1))))
                        .version());
        assertEquals(
                new Change.OtherVersion<>(2),
                Await.result(() -> service.update(BY, account.id(), account.specification(), OptionalLong.of(1))));
        assertEquals(
                "admin",
                Database.one("select roles from account where name = 'managed too'")
                        .get("roles"));
        assertEquals(new Change.NotFound<>(), Await.result(() -> service.disable(BY, new UUID(1, 1), ANY)));
    }

    @Test
    void withAnAccountGoesAllThatBelongsToIt() {
        RegisteredAccount account = done(create("managed"));
        TestDevice device = TestDevice.asking(TestClients.DEVICE, "scope", "telemetry:write");
        Browser browser = Browser.signedIn("managed");
        browser.enter(device.userCode());
        browser.decide("approve").then().statusCode(200);
        String token = device.redeem();

        assertEquals(new Change.Done<>(1L), Await.result(() -> service.delete(BY, account.id(), ANY)));

        for (String table : List.of("device", "refresh_token", "browser_session", "device_authorization")) {
            assertTrue(
                    Database.query("select from " + table + " where account_id = ?", account.id())
                            .isEmpty(),
                    table);
        }
        device.refresh(token).then().statusCode(400);
    }

    @Test
    void whatTheConfigurationDeclaresIsChangedThereAlone() {
        RegisteredAccount ada = Await.result(() -> service.findByName("ada")).orElseThrow();
        assertTrue(ada.declared());
        Change<Object> refused = new Change.DeclaredElsewhere<>(Source.CONFIGURATION);
        assertEquals(refused, Await.result(() -> service.disable(BY, ada.id(), ANY)));
        assertEquals(refused, Await.result(() -> service.enable(BY, ada.id(), ANY)));
        assertEquals(refused, Await.result(() -> service.setPassword(BY, ada.id(), "battery staple", ANY)));
        assertEquals(refused, Await.result(() -> service.update(BY, ada.id(), ada.specification(), ANY)));
        assertEquals(refused, Await.result(() -> service.delete(BY, ada.id(), ANY)));
        Browser.signedIn("ada");
    }

    @Test
    void aListIsReadPageByPage() {
        for (String name : List.of("managed a", "managed b", "managed c")) {
            done(create(name));
        }
        Page<RegisteredAccount> first = Await.result(() -> service.list(new Page.Request("", "Managed", 2)));
        assertEquals(
                List.of("managed a", "managed b"),
                first.items().stream().map(RegisteredAccount::name).toList());
        Page<RegisteredAccount> second =
                Await.result(() -> service.list(new Page.Request(first.next().orElseThrow(), "Managed", 2)));
        assertEquals(
                List.of("managed c"),
                second.items().stream().map(RegisteredAccount::name).toList());
        assertTrue(second.next().isEmpty());
    }

    private Change<RegisteredAccount> create(String name, String... roles) {
        return Await.result(() -> service.create(BY, new AccountSpecification(name, true, List.of(roles)), PASSWORD));
    }

    private static RegisteredAccount done(Change<RegisteredAccount> change) {
        assertInstanceOf(Change.Done.class, change, String.valueOf(change));
        return ((Change.Done<RegisteredAccount>) change).value();
    }

    private static Map<String, Object> row() {
        return Database.one("select * from account where name = 'managed'");
    }
}
