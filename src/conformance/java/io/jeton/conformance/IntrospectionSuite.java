package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

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
                new Case(
                        "RFC 7662 §2.2",
                        MUST,
                        "Of a token that was altered it says that it is not active",
                        this::altered),
                new Case(
                        "RFC 7662 §2.2",
                        MUST,
                        "Of a refresh token that was given back it says that it is not active",
                        this::givenBack),
                new Case(
                        "RFC 7662 §2.1",
                        PRACTICE,
                        "A question about no token is invalid_request",
                        server -> server.send(Server.posting(endpoint(server), "")
                                        .header("Authorization", credentials(server)))
                                .refused("invalid_request")),
                new Case("RFC 7662 §4", PRACTICE, "A question in the query is told nothing of", this::inQuery),
                new Case("RFC 9701 §5", MUST, "Asked for a signed answer it gives one, to who asks", this::signed),
                new Case("RFC 7662 §2.1", MUST, "Who does not authenticate is told nothing", this::unauthenticated),
                new Case("RFC 7662 §2.3", MUST, "Wrong credentials are 401", this::wrongSecret));
    }

    static Answer ask(Server server, String token) throws IOException, InterruptedException {
        return server.send(Server.posting(endpoint(server), Server.form("token", token))
                .header("Authorization", credentials(server)));
    }

    private static String credentials(Server server) {
        return Server.basic(server.service().id(), server.service().secret());
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
        return isNotActive(ask(server, "no-token-was-ever-called-so"));
    }

    private Verdict nothingMore(Server server) throws IOException, InterruptedException {
        JsonNode said = ask(server, "no-token-was-ever-called-so").json();
        return Verdict.of(said.size() == 1 && said.has("active"), said.size() + " members");
    }

    private Verdict altered(Server server) throws IOException, InterruptedException {
        String token = server.tokenAsService("grant_type", "client_credentials")
                .require("client credentials")
                .text("access_token");
        if (!told(server, token).json().path("active").asBoolean()) {
            throw new NotOfferedException("the confidential client may not introspect its own tokens");
        }
        int place = token.length() - 5;
        char other = token.charAt(place) == 'A' ? 'B' : 'A';
        return isNotActive(ask(server, token.substring(0, place) + other + token.substring(place + 1)));
    }

    private Verdict givenBack(Server server) throws IOException, InterruptedException {
        String token = server.refreshToken();
        server.send(Server.posting(
                        server.endpoint("revocation_endpoint"),
                        Server.form("client_id", server.target().device(), "token", token)))
                .require("revocation");
        return isNotActive(ask(server, token));
    }

    private static Verdict isNotActive(Answer answer) {
        JsonNode active = answer.json().path("active");
        return Verdict.of(
                answer.status() == 200 && active.isBoolean() && !active.asBoolean(), answer.seen() + ", " + active);
    }

    /** A resource's access log would have the token. */
    private Verdict inQuery(Server server) throws IOException, InterruptedException {
        Answer answer = server.send(Server.request(endpoint(server) + "?" + Server.form("token", "x"))
                .header("Authorization", credentials(server))
                .GET());
        return Verdict.of(answer.status() >= 400 && answer.status() < 500, answer.seen());
    }

    private Verdict signed(Server server) throws IOException, InterruptedException {
        if (!server.metadata().has("introspection_signing_alg_values_supported")) {
            throw new NotOfferedException("the metadata has no introspection_signing_alg_values_supported");
        }
        Answer answer = server.send(Server.posting(endpoint(server), Server.form("token", "x"))
                .setHeader("Accept", "application/token-introspection+jwt")
                .header("Authorization", credentials(server)));
        String[] parts = answer.response().body().split("\\.", -1);
        if (parts.length != 3 || !answer.contentType().equals("application/token-introspection+jwt")) {
            return Verdict.failed(answer.seen() + ", it is '" + answer.contentType() + "'");
        }
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        return Verdict.of(
                claims.path("iss").asText().equals(server.issuer())
                        && claims.path("aud")
                                .toString()
                                .contains(server.service().id())
                        && claims.path("token_introspection").path("active").isBoolean(),
                "its claims are "
                        + claims.properties().stream().map(Map.Entry::getKey).toList());
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
