package io.jeton.device;

import io.jeton.database.RowCursor;
import io.jeton.device.registry.DeviceName;
import io.jeton.device.registry.DeviceOutcome;
import io.jeton.protocol.FormParameters;
import io.jeton.user.BrowserSession;
import io.jeton.user.SignIn;
import io.jeton.user.Visitor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The pages of a person's devices, step by step: what the person sent, and the page that follows. */
@ApplicationScoped
final class MyDevicesSteps {
    private static final String NO_NAME = "A name has 1 to 100 characters.";
    private static final String NOT_SIGNED_IN = "You are signed in no longer. Nothing was changed.";
    private static final Notice UNKNOWN = new Notice(
            "problem",
            "No such device",
            "None of your devices has this address.",
            List.of(new Notice.Link("/devices", "See your devices")));

    /** What a page says was done, by the word in its address. */
    private static final Map<String, String> TOLD = Map.of(
            "approved",
                    "The device that you approved appears here as soon as it has fetched its access, usually within seconds."
                            + " Reload this page to look again.",
            "renamed", "The device has its new name.",
            "suspended", "The device is suspended. What it has already runs out by itself.",
            "resumed", "The device is resumed.",
            "revoked", "Access is revoked.",
            "unchanged", "Nothing was changed: the device was not as this page had shown it.");

    private final Pages pages;
    private final MyDevices devices;
    private final SignIn signIn;

    MyDevicesSteps(Pages pages, MyDevices devices, SignIn signIn) {
        this.pages = pages;
        this.devices = devices;
        this.signIn = signIn;
    }

    Uni<Response> list(Visitor visitor, String after, String done) {
        return signedIn(visitor, "", session -> devices.list(
                        session.account(), RowCursor.parse(after), TOLD.getOrDefault(done, ""))
                .chain(cards -> pages.devices(visitor, cards)));
    }

    Uni<Response> show(Visitor visitor, String id, String done) {
        return withDevice(visitor, id, "", device -> pages.oneDevice(visitor, device, TOLD.getOrDefault(done, ""), ""));
    }

    Uni<Response> askWhetherToRevoke(Visitor visitor, String id) {
        return withDevice(
                visitor,
                id,
                "",
                device -> device.may().revoke()
                        ? pages.revocation(visitor, device)
                        : Uni.createFrom().item(pages.to("/devices/" + device.id() + "?done=unchanged")));
    }

    Uni<Response> rename(Visitor visitor, FormParameters form, String id) {
        Optional<DeviceName> name = DeviceName.parse(form.get("name").orElse(""));
        if (name.isEmpty()) {
            return withDevice(visitor, id, NOT_SIGNED_IN, device -> pages.oneDevice(visitor, device, "", NO_NAME));
        }
        return order(visitor, id, "renamed", (session, device) -> devices.rename(visitor, session, device, name.get()));
    }

    Uni<Response> carryOut(MyDevices.Choice choice, Visitor visitor, String id) {
        String done =
                switch (choice) {
                    case SUSPEND -> "suspended";
                    case RESUME -> "resumed";
                    case REVOKE -> "revoked";
                };
        return order(visitor, id, done, (session, device) -> devices.carryOut(choice, visitor, session, device));
    }

    Uni<Response> signOutEverywhere(Visitor visitor) {
        return signedIn(visitor, NOT_SIGNED_IN, session -> signIn.signOutEverywhere(session.account())
                .chain(browsers -> pages.signedOut(signedOut(browsers))));
    }

    Response restart(String id) {
        return pages.to(id(id).map(known -> "/devices/" + known).orElse("/devices"));
    }

    private static Notice signedOut(int browsers) {
        return new Notice(
                "good",
                "Signed out",
                (browsers == 1 ? "One browser was" : browsers + " browsers were")
                        + " signed out. Your devices stay connected.",
                List.of(new Notice.Link("/devices", "Sign in")));
    }

    /** What a person orders of one device. */
    private interface Order {
        Uni<DeviceOutcome> carryOut(BrowserSession session, UUID device);
    }

    private Uni<Response> order(Visitor visitor, String id, String done, Order order) {
        return signedIn(visitor, NOT_SIGNED_IN, session -> id(id).map(device -> order.carryOut(session, device)
                        .chain(outcome -> outcome instanceof DeviceOutcome.NotFound
                                ? pages.notice(404, visitor, UNKNOWN)
                                : Uni.createFrom()
                                        .item(pages.to("/devices/" + device + "?done="
                                                + (outcome instanceof DeviceOutcome.Done ? done : "unchanged")))))
                .orElseGet(() -> pages.notice(404, visitor, UNKNOWN)));
    }

    private Uni<Response> withDevice(
            Visitor visitor, String id, String signedOut, Function<DeviceCard, Uni<Response>> page) {
        return signedIn(visitor, signedOut, session -> id(id).map(known -> devices.find(session.account(), known))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .chain(device -> device.isPresent() ? page.apply(device.get()) : pages.notice(404, visitor, UNKNOWN)));
    }

    private Uni<Response> signedIn(Visitor visitor, String signedOut, Function<BrowserSession, Uni<Response>> page) {
        return visitor.session().map(page).orElseGet(() -> pages.signIn(visitor, SignInForm.forDevices(signedOut)));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
