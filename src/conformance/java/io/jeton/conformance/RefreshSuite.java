package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Refreshing and rotation: RFC 6749 §6, RFC 9700 §2.2.2 and §4.14. */
final class RefreshSuite implements Suite {
    private static final int PRESENTERS = 8;
    /** Some servers compare the seconds in which tokens were issued. */
    private static final long BY_THE_CLOCK = 1_100;

    @Override
    public List<Case> cases() {
        return List.of(
                new Case("RFC 9700 §2.2.2", MUST, "A public client's refresh token is rotated", this::rotated),
                new Case("RFC 9700 §4.14.2", MUST, "A token whose successor was used is refused", this::reused),
                new Case(
                        "RFC 9700 §4.14.2",
                        MUST,
                        "When a used token comes back, the active one is revoked",
                        server -> revoked(server, BY_THE_CLOCK)),
                new Case(
                        "RFC 9700 §4.14.2",
                        PRACTICE,
                        "It is revoked although all of it happens within a second",
                        server -> revoked(server, 0)),
                new Case(
                        "RFC 9700 §4.14.2",
                        SHOULD,
                        "Of eight presentations at the same instant, one live token is left at most",
                        this::atOnce),
                new Case(
                        "RFC 9700 §4.14.2",
                        PRACTICE,
                        "A device whose answer got lost comes again with the token it has",
                        this::lostAnswer),
                new Case("RFC 6749 §6", SHOULD, "The scope can be narrowed", this::narrowed),
                new Case("RFC 6749 §6", MUST, "The scope cannot be widened", this::widened),
                new Case("RFC 6749 §6", PRACTICE, "A refused request does not use the token up", this::survivesRefusal),
                new Case("RFC 6749 §6", MUST, "A token of another client is refused", this::ofAnother),
                new Case(
                        "RFC 6749 §5.2",
                        MUST,
                        "A token that was never issued is invalid_grant",
                        server -> server.refresh("no-token-was-ever-called-so").refused("invalid_grant")),
                new Case(
                        "RFC 6749 §5.2",
                        MUST,
                        "A request without a refresh_token is invalid_request",
                        server -> server.token(
                                        "grant_type",
                                        "refresh_token",
                                        "client_id",
                                        server.target().device())
                                .refused("invalid_request")),
                new Case(
                        "RFC 6749 §5.1",
                        MUST,
                        "Tokens come with Cache-Control: no-store",
                        server -> Verdict.of(server.tokens().isNoStore(), "no Cache-Control: no-store")),
                new Case(
                        "RFC 6749 §5.1",
                        MUST,
                        "Tokens come with Pragma: no-cache",
                        server -> Verdict.of(
                                server.tokens().header("Pragma").contains("no-cache"), "no Pragma: no-cache")),
                new Case(
                        "RFC 6749 §5.1",
                        SHOULD,
                        "The response says how long the access token lives",
                        server -> Verdict.of(
                                server.tokens().json().path("expires_in").isNumber(), "no expires_in")));
    }

    /** At most one of the refresh tokens in these answers can be used. */
    static Verdict atMostOneLives(Server server, List<Answer> answers) throws IOException, InterruptedException {
        List<String> tokens = answers.stream()
                .filter(answer -> answer.status() == 200)
                .map(answer -> answer.text("refresh_token"))
                .filter(token -> !token.isEmpty())
                .distinct()
                .toList();
        int live = 0;
        for (String token : tokens) {
            live += server.refresh(token).status() == 200 ? 1 : 0;
        }
        boolean anyServed = answers.stream().anyMatch(answer -> answer.status() == 200);
        return Verdict.of(anyServed && live <= 1, anyServed ? live + " of them are alive" : "none was served");
    }

    private Verdict rotated(Server server) throws IOException, InterruptedException {
        String first = server.refreshToken();
        String second = server.refresh(first).require("refresh").text("refresh_token");
        return Verdict.of(!second.isEmpty() && !second.equals(first), "the same token serves on");
    }

    private Verdict reused(Server server) throws IOException, InterruptedException {
        return afterReuse(server, BY_THE_CLOCK).answer().refused("invalid_grant");
    }

    private static Verdict revoked(Server server, long pauseMillis) throws IOException, InterruptedException {
        return server.refresh(afterReuse(server, pauseMillis).active()).refused("invalid_grant");
    }

    /** What is left of a chain when its first token comes back after its successor was used. */
    private record Reused(Answer answer, String active) {
        @Override
        public String toString() {
            return "Reused[" + answer.seen() + "]";
        }
    }

    private static Reused afterReuse(Server server, long pauseMillis) throws IOException, InterruptedException {
        String first = server.refreshToken();
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        String second = next(server, first);
        TimeUnit.MILLISECONDS.sleep(pauseMillis);
        String third = next(server, second);
        return new Reused(server.refresh(first), third);
    }

    private static String next(Server server, String token) throws IOException, InterruptedException {
        String next = server.refresh(token).require("refresh").text("refresh_token");
        return next.isEmpty() ? token : next;
    }

    private Verdict atOnce(Server server) throws IOException, InterruptedException {
        String token = server.refreshToken();
        return atMostOneLives(
                server,
                server.atOnce(
                        PRESENTERS,
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        server.target().device(),
                        "refresh_token",
                        token));
    }

    private Verdict lostAnswer(Server server) throws IOException, InterruptedException {
        String first = next(server, server.refreshToken());
        var unused = next(server, first);
        Answer again = server.refresh(first);
        if (again.status() != 200) {
            return Verdict.failed(again.seen());
        }
        Answer onward = server.refresh(again.text("refresh_token"));
        return Verdict.of(onward.status() == 200, "what it got then is refused: " + onward.seen());
    }

    private Verdict narrowed(Server server) throws IOException, InterruptedException {
        if (server.scopes().size() < 2) {
            throw new NotOfferedException("the scope that was given has one value only");
        }
        String narrow = server.scopes().get(server.scopes().size() - 1);
        Answer answer = server.refresh(server.refreshToken(), "scope", narrow);
        // What the server adds of its own accord is its own affair; what was left out must be gone.
        return Verdict.of(
                answer.status() == 200
                        && !List.of(answer.text("scope").split(" ", -1))
                                .contains(server.scopes().get(0)),
                answer.status() == 200 ? "the scope is '" + answer.text("scope") + "'" : answer.seen());
    }

    private Verdict widened(Server server) throws IOException, InterruptedException {
        Answer answer =
                server.refresh(server.refreshToken(), "scope", server.target().scope() + " nothing-is-called-so");
        return Verdict.of(
                answer.error().equals("invalid_scope")
                        || (answer.status() == 200
                                // RFC 6749 §5.1: without the member the scope is what was asked for.
                                && !answer.text("scope").isEmpty()
                                && !answer.text("scope").contains("nothing-is-called-so")),
                answer.seen());
    }

    private Verdict survivesRefusal(Server server) throws IOException, InterruptedException {
        String token = server.refreshToken();
        Answer refused = server.refresh(token, "scope", "nothing-is-called-so");
        Answer answer = server.refresh(refused.status() == 200 ? refused.text("refresh_token") : token);
        return Verdict.of(answer.status() == 200, answer.seen());
    }

    private Verdict ofAnother(Server server) throws IOException, InterruptedException {
        String other = server.other();
        return server.token("grant_type", "refresh_token", "client_id", other, "refresh_token", server.refreshToken())
                .refused("invalid_grant");
    }
}
