package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import java.io.IOException;
import java.util.List;

/** Giving a token back: RFC 7009. */
final class RevocationSuite implements Suite {
    @Override
    public List<Case> cases() {
        return List.of(
                new Case("RFC 7009 §2.1", MUST, "A refresh token that was given back is refused", this::refreshToken),
                new Case("RFC 7009 §2.1", MUST, "A wrong hint does not keep a token alive", this::wrongHint),
                new Case(
                        "RFC 7009 §2.2",
                        MUST,
                        "A token that was never issued is answered with 200",
                        server -> works(server, "no-token-was-ever-called-so")),
                new Case("RFC 7009 §2.2", MUST, "A token that was given back before is answered with 200", this::again),
                new Case("RFC 7009 §2.1", MUST, "Another client cannot give a token back", server -> {
                    String token = server.refreshToken();
                    Answer unused = asAnother(server, token);
                    Answer refreshed = server.refresh(token);
                    return Verdict.of(refreshed.status() == 200, "the token is dead: " + refreshed.seen());
                }),
                new Case(
                        "RFC 7009 §2.1",
                        PRACTICE,
                        "Another client is told that it cannot give a token back",
                        server -> {
                            Answer answer = asAnother(server, server.refreshToken());
                            return Verdict.of(answer.status() == 400 || answer.status() == 401, answer.seen());
                        }),
                new Case("RFC 7009 §2.1", MUST, "A confidential client's secret is asked for", this::wrongSecret),
                new Case(
                        "RFC 7009 §2.1",
                        SHOULD,
                        "With the refresh token the access tokens of the grant end",
                        this::accessTokenEnds),
                new Case(
                        "RFC 7009 §2",
                        SHOULD,
                        "An access token that is given back by itself is not active any more",
                        this::accessToken),
                new Case("RFC 7009 §2.1", MUST, "A request without a token is invalid_request", this::nothing));
    }

    private Verdict refreshToken(Server server) throws IOException, InterruptedException {
        String token = server.refreshToken();
        revoke(server, token).require("revocation");
        return server.refresh(token).refused("invalid_grant");
    }

    private Verdict wrongHint(Server server) throws IOException, InterruptedException {
        String token = server.refreshToken();
        revoke(server, token, "token_type_hint", "access_token").require("revocation");
        return server.refresh(token).refused("invalid_grant");
    }

    private Verdict again(Server server) throws IOException, InterruptedException {
        String token = server.refreshToken();
        revoke(server, token).require("revocation");
        Answer refreshed = server.refresh(token);
        Answer answer = revoke(server, token);
        return Verdict.of(refreshed.status() == 400 && answer.status() == 200, answer.seen());
    }

    private static Answer asAnother(Server server, String token) throws IOException, InterruptedException {
        return server.send(Server.posting(endpoint(server), Server.form("client_id", server.other(), "token", token)));
    }

    private Verdict wrongSecret(Server server) throws IOException, InterruptedException {
        Answer answer = server.send(Server.posting(endpoint(server), Server.form("token", "x"))
                .header("Authorization", Server.basic(server.service().id(), "not-its-secret")));
        return Verdict.of(answer.status() == 401, answer.seen());
    }

    private Verdict accessTokenEnds(Server server) throws IOException, InterruptedException {
        Answer tokens = server.tokens();
        Answer before = IntrospectionSuite.told(server, tokens.text("access_token"));
        if (!before.json().path("active").asBoolean()) {
            throw new NotOfferedException("the confidential client may not introspect the device's tokens");
        }
        revoke(server, tokens.text("refresh_token")).require("revocation");
        Answer after = IntrospectionSuite.ask(server, tokens.text("access_token"));
        return Verdict.of(!after.json().path("active").asBoolean(true), "the access token is active still");
    }

    private Verdict accessToken(Server server) throws IOException, InterruptedException {
        String token = server.tokens().text("access_token");
        Answer before = IntrospectionSuite.told(server, token);
        if (!before.json().path("active").asBoolean()) {
            throw new NotOfferedException("the confidential client may not introspect the device's tokens");
        }
        Answer revoked = revoke(server, token, "token_type_hint", "access_token");
        if (revoked.error().equals("unsupported_token_type")) {
            return Verdict.failed(revoked.seen());
        }
        revoked.require("revocation");
        Answer after = IntrospectionSuite.ask(server, token);
        return Verdict.of(!after.json().path("active").asBoolean(true), "the access token is active still");
    }

    private Verdict nothing(Server server) throws IOException, InterruptedException {
        return server.send(Server.posting(
                        endpoint(server),
                        Server.form("client_id", server.target().device())))
                .refused("invalid_request");
    }

    private static Verdict works(Server server, String token) throws IOException, InterruptedException {
        Answer answer = revoke(server, token);
        return Verdict.of(answer.status() == 200, answer.seen());
    }

    private static Answer revoke(Server server, String token, String... more) throws IOException, InterruptedException {
        String form = Server.form("client_id", server.target().device(), "token", token);
        return server.send(Server.posting(endpoint(server), more.length == 0 ? form : form + "&" + Server.form(more)));
    }

    private static String endpoint(Server server) throws IOException, InterruptedException {
        return server.endpoint("revocation_endpoint");
    }
}
