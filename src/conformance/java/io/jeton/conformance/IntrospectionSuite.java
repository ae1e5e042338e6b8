package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;

/** Asking about a token: RFC 7662. The confidential client asks. */
final class IntrospectionSuite implements Suite {
    @Override
    public List<Case> cases() {
        return List.of(
                new Case(
                        "RFC 7662 §2.2",
                        PRACTICE,
                        "A client's own token is active, and so says the answer",
                        this::active),
                new Case("RFC 7662 §2.2", MUST, "The answer is application/json", this::json),
                new Case(
                        "RFC 7662 §2.2",
                        MUST,
                        "Of a token that was never issued it says that it is not active",
                        this::unknown),
                new Case(
                        "RFC 7662 §2.2",
                        SHOULD,
                        "Of a token that was never issued nothing more is said",
                        this::nothingMore),
                new Case("RFC 7662 §2.1", MUST, "Who does not authenticate is told nothing", this::unauthenticated),
                new Case("RFC 7662 §2.3", MUST, "Wrong credentials are 401", this::wrongSecret));
    }

    static Answer ask(Server server, String token) throws IOException, InterruptedException {
        return server.send(Server.posting(endpoint(server), Server.form("token", token))
                .header(
                        "Authorization",
                        Server.basic(server.service().id(), server.service().secret())));
    }

    /** What is said of an access token, where the server says anything of its kind. */
    static Answer told(Server server, String token) throws IOException, InterruptedException {
        Answer answer = ask(server, token);
        if (answer.error().equals("unsupported_token_type")) {
            throw new NotOfferedException("access tokens that are JSON Web Tokens are not introspected");
        }
        return answer.require("introspection");
    }

    private static Answer own(Server server) throws IOException, InterruptedException {
        String token = server.tokenAsService("grant_type", "client_credentials")
                .require("client credentials")
                .text("access_token");
        return told(server, token);
    }

    private Verdict active(Server server) throws IOException, InterruptedException {
        JsonNode active = own(server).json().path("active");
        return Verdict.of(active.isBoolean() && active.asBoolean(), "active is " + active);
    }

    private Verdict json(Server server) throws IOException, InterruptedException {
        String type = own(server).contentType();
        return Verdict.of(type.equals("application/json"), "it is '" + type + "'");
    }

    private Verdict unknown(Server server) throws IOException, InterruptedException {
        Answer answer = ask(server, "no-token-was-ever-called-so");
        JsonNode active = answer.json().path("active");
        return Verdict.of(
                answer.status() == 200 && active.isBoolean() && !active.asBoolean(), answer.seen() + ", " + active);
    }

    private Verdict nothingMore(Server server) throws IOException, InterruptedException {
        JsonNode said = ask(server, "no-token-was-ever-called-so").json();
        return Verdict.of(said.size() == 1 && said.has("active"), said.size() + " members");
    }

    private Verdict unauthenticated(Server server) throws IOException, InterruptedException {
        Answer answer = server.send(Server.posting(endpoint(server), Server.form("token", "x")));
        return Verdict.of(answer.status() == 401 || answer.status() == 400 || answer.status() == 403, answer.seen());
    }

    private Verdict wrongSecret(Server server) throws IOException, InterruptedException {
        Answer answer = server.send(Server.posting(endpoint(server), Server.form("token", "x"))
                .header("Authorization", Server.basic(server.service().id(), "not-its-secret")));
        return Verdict.of(answer.status() == 401, answer.seen());
    }

    private static String endpoint(Server server) throws IOException, InterruptedException {
        return server.endpoint("introspection_endpoint");
    }
}
