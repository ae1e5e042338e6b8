package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import io.jeton.conformance.Server.DeviceCode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The device's polls and the person's decision: RFC 8628 §3.3 to §3.5. */
final class DevicePollSuite implements Suite {
    @Override
    public List<Case> cases() {
        return List.of(
                new Case(
                        "RFC 8628 §3.5",
                        MUST,
                        "Before the decision a poll is authorization_pending",
                        server -> server.poll(server.code()).refused("authorization_pending")),
                new Case("RFC 8628 §3.5", PRACTICE, "A poll before its time is slow_down", this::slowDown),
                new Case("RFC 8628 §3.5", MUST, "After a denial a poll is access_denied", this::denied),
                new Case("RFC 8628 §3.5", MUST, "After its end a code is expired_token", this::expired),
                new Case("RFC 8628 §3.5", MUST, "After the approval a poll brings a token", this::approved),
                new Case(
                        "RFC 8628 §3.3",
                        SHOULD,
                        "A code typed in small letters and without its dashes is understood",
                        this::typed),
                new Case("RFC 8628 §5.4", SHOULD, "Opening the link alone approves nothing", this::openedAlone),
                new Case(
                        "RFC 8628 §3.4",
                        PRACTICE,
                        "A code that is presented again and again gives one live refresh token at most",
                        this::presentedAgain),
                new Case("RFC 6749 §5.2", MUST, "A code of another client is refused", this::ofAnother),
                new Case(
                        "RFC 6749 §5.2",
                        PRACTICE,
                        "Another client's attempt does not use the code up",
                        this::survivesAnother),
                new Case("RFC 6749 §5.2", MUST, "A code that was never issued is refused", server -> server.token(
                                "grant_type",
                                Server.DEVICE_CODE,
                                "client_id",
                                server.target().device(),
                                "device_code",
                                "no-code-was-ever-called-so")
                        .refused("invalid_grant", "expired_token")),
                new Case(
                        "RFC 6749 §5.2",
                        MUST,
                        "A poll without a device_code is invalid_request",
                        server -> server.token(
                                        "grant_type",
                                        Server.DEVICE_CODE,
                                        "client_id",
                                        server.target().device())
                                .refused("invalid_request")));
    }

    private Verdict slowDown(Server server) throws IOException, InterruptedException {
        DeviceCode code = server.code();
        Verdict first = server.poll(code).refused("authorization_pending", "slow_down");
        return first instanceof Verdict.Passed ? server.poll(code).refused("slow_down") : first;
    }

    private Verdict denied(Server server) throws IOException, InterruptedException {
        DeviceCode code = server.code();
        Optional<URI> complete = code.complete();
        if (complete.isEmpty()) {
            throw new NotOfferedException("there is no verification_uri_complete");
        }
        server.person().deny(complete.get());
        return server.poll(code).refused("access_denied");
    }

    private Verdict expired(Server server) throws IOException, InterruptedException {
        DeviceCode code = server.code();
        long seconds = code.json().path("expires_in").asLong();
        if (seconds > server.target().patience().toSeconds()) {
            return Verdict.skipped("its codes live for " + seconds + " s, too long to wait for");
        }
        TimeUnit.SECONDS.sleep(seconds + 1);
        return server.poll(code).refused("expired_token");
    }

    private Verdict approved(Server server) throws IOException, InterruptedException {
        Answer answer = server.poll(server.approvedCode());
        return Verdict.of(
                answer.status() == 200
                        && !answer.text("access_token").isEmpty()
                        && !answer.text("token_type").isEmpty(),
                answer.seen());
    }

    private Verdict typed(Server server) throws IOException, InterruptedException {
        DeviceCode code = server.code();
        String typed = code.userCode().replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        try {
            server.person().approve(code.verification(), typed);
        } catch (IOException e) {
            return Verdict.failed(e.getMessage());
        }
        Answer answer = server.poll(code);
        return Verdict.of(answer.status() == 200, answer.seen());
    }

    private Verdict openedAlone(Server server) throws IOException, InterruptedException {
        DeviceCode code = server.code();
        Browser browser = new Browser();
        var unused = browser.open(code.complete().orElse(code.verification()));
        return server.poll(code).refused("authorization_pending", "slow_down");
    }

    private Verdict presentedAgain(Server server) throws IOException, InterruptedException {
        DeviceCode code = server.approvedCode();
        List<Answer> answers = new ArrayList<>(server.atOnce(
                8,
                "grant_type",
                Server.DEVICE_CODE,
                "client_id",
                server.target().device(),
                "device_code",
                code.deviceCode()));
        answers.add(server.poll(code));
        return RefreshSuite.atMostOneLives(server, answers);
    }

    private Verdict ofAnother(Server server) throws IOException, InterruptedException {
        String other = server.other();
        return pollAs(server, other, server.approvedCode()).refused("invalid_grant");
    }

    private Verdict survivesAnother(Server server) throws IOException, InterruptedException {
        String other = server.other();
        DeviceCode code = server.approvedCode();
        Answer refused = pollAs(server, other, code);
        Answer answer = server.poll(code);
        return Verdict.of(refused.status() != 200 && answer.status() == 200, answer.seen());
    }

    private static Answer pollAs(Server server, String client, DeviceCode code)
            throws IOException, InterruptedException {
        return server.token("grant_type", Server.DEVICE_CODE, "client_id", client, "device_code", code.deviceCode());
    }
}
