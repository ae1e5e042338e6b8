package io.jeton.device;

import io.jeton.crypto.MacKeys;
import io.jeton.crypto.TokenSeal;
import io.jeton.protocol.FormParameters;
import io.jeton.user.Account;
import io.jeton.user.BrowserSession;
import io.jeton.user.Credentials;
import io.jeton.user.SignIn;
import io.jeton.user.Visitor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;

/** From the code to the decision, step by step: what a person sent, and the page that follows. */
@ApplicationScoped
final class VerificationSteps {
    private static final TokenSeal REQUEST = TokenSeal.ofRow("jda_");
    private static final String NOT_A_CODE = "That is not a code from a device. A code has 8 letters and looks like"
            + " BCDF-GHJK; vowels and digits do not occur.";
    private static final String NOT_LIVE = "No device waits with this code. Compare it with the one your device"
            + " shows; after a few minutes the device shows a new one.";
    private static final String NOT_SIGNED_IN = "Name and password do not match. Please try again.";

    private final Pages pages;
    private final PendingRequests requests;
    private final SignIn signIn;
    private final ScopeWords words;
    private final Supplier<MacKeys> macKeys;

    VerificationSteps(
            Pages pages, PendingRequests requests, SignIn signIn, ScopeWords words, Supplier<MacKeys> macKeys) {
        this.pages = pages;
        this.requests = requests;
        this.signIn = signIn;
        this.words = words;
        this.macKeys = macKeys;
    }

    Response restart() {
        return pages.toStart();
    }

    /**
     * A person arrives.
     *
     * @param linked whether another site sent the browser here: a person then confirms the code, since looking for it costs
     *     a guess
     */
    Uni<Response> start(Visitor visitor, String typed, boolean linked) {
        if (visitor.session().isEmpty()) {
            return pages.signIn(visitor, SignInForm.forCode(carried(typed)));
        }
        if (linked) {
            return pages.code(visitor, new CodeForm(carried(typed), ""));
        }
        return typed.isBlank()
                ? pages.code(visitor, CodeForm.EMPTY)
                : look(visitor, visitor.session().get(), typed);
    }

    Uni<Response> enterCode(Visitor visitor, FormParameters form) {
        String typed = form.get("user_code").orElse("");
        return visitor.session()
                .map(session -> look(visitor, session, typed))
                .orElseGet(() -> start(visitor, typed, false));
    }

    Uni<Response> signIn(Visitor visitor, FormParameters form) {
        SignInForm asked = form.get("next").filter(SignInForm.DEVICES::equals).isPresent()
                ? SignInForm.forDevices("")
                : SignInForm.forCode(carried(form.get("user_code").orElse("")));
        Credentials credentials = new Credentials(
                form.get("name").orElse(""), form.get("password").orElse(""));
        return signIn.signIn(visitor, credentials)
                .chain(session -> session.isPresent()
                        ? Uni.createFrom().item(pages.signedIn(asked.target(), session.get()))
                        : pages.signIn(visitor, asked.again(credentials.name(), NOT_SIGNED_IN)));
    }

    Uni<Response> signOut(Visitor visitor, FormParameters form) {
        return signIn.signOut(visitor).map(done -> pages.signedOut());
    }

    Uni<Response> decide(Visitor visitor, FormParameters form) {
        Optional<TokenSeal.Content> request = form.get("request").flatMap(token -> REQUEST.open(macKeys.get(), token));
        String decision = form.get("decision").orElse("");
        if (visitor.session().isEmpty()) {
            return pages.signIn(
                    visitor, SignInForm.forCode("").again("", "You are signed in no longer. Nothing was decided."));
        }
        if (request.isEmpty() || !(decision.equals("approve") || decision.equals("deny"))) {
            return pages.notice(400, visitor, Notices.NO_DECISION);
        }
        BrowserSession session = visitor.session().get();
        boolean approved = decision.equals("approve");
        return requests.find(request.get().id())
                .chain(found -> found.isPresent()
                        ? decide(visitor, session, found.get(), approved)
                        : pages.notice(409, visitor, Notices.TOO_LATE));
    }

    private Uni<Response> decide(
            Visitor visitor, BrowserSession session, PendingRequests.Found found, boolean approved) {
        if (approved && !found.isApprovableBy(session.account())) {
            requests.refuse(found, session, visitor.address());
            return pages.notice(403, visitor, Notices.FOR_ADMINISTRATORS);
        }
        return requests.decide(found, approved, session, visitor.address())
                .chain(done -> outcome(visitor, found, approved, done));
    }

    private Uni<Response> outcome(Visitor visitor, PendingRequests.Found found, boolean approved, boolean done) {
        if (!done) {
            return pages.notice(409, visitor, Notices.TOO_LATE);
        }
        String client = found.client().name();
        return pages.notice(200, visitor, approved ? Notices.approved(client) : Notices.denied(client));
    }

    private Uni<Response> look(Visitor visitor, BrowserSession session, String typed) {
        Optional<UserCode> code = UserCode.parse(typed);
        if (code.isEmpty()) {
            return pages.code(visitor, new CodeForm(shortened(typed), NOT_A_CODE));
        }
        return requests.find(code.get(), session, visitor.address())
                .chain(found -> found.isPresent()
                        ? pages.confirm(visitor, confirmation(code.get(), found.get(), session.account()))
                        : pages.code(visitor, new CodeForm(code.get().display(), NOT_LIVE)));
    }

    private Confirmation confirmation(UserCode code, PendingRequests.Found found, Account person) {
        PendingAuthorization request = found.request();
        return new Confirmation(
                REQUEST.seal(macKeys.get().active(), request.id(), 0),
                code.display(),
                found.client().name(),
                Confirmation.claims(request.claims()),
                request.requestedFrom(),
                Confirmation.age(request.age()),
                words.of(request.scopes()),
                found.isApprovableBy(person));
    }

    /** The code that is kept over the sign-in; what is none is not. */
    private static String carried(String typed) {
        return UserCode.parse(typed).map(UserCode::display).orElse("");
    }

    private static String shortened(String typed) {
        return typed.length() > UserCode.LONGEST_INPUT ? "" : typed;
    }
}
