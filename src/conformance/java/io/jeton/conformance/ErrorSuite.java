package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;

/** The token endpoint when something is wrong, and client authentication: RFC 6749 §2.3, §3.2, §4.4, §5.2. */
final class ErrorSuite implements Suite {
    private static final String CREDENTIALS = "client_credentials";

    @Override
    public List<Case> cases() {
        return List.of(
                new Case(
                        "RFC 6749 §5.2",
                        MUST,
                        "A request without a grant_type is invalid_request",
                        server -> server.token("client_id", server.target().device())
                                .refused("invalid_request")),
                new Case(
                        "RFC 6749 §5.2",
                        MUST,
                        "An unknown grant_type is unsupported_grant_type",
                        server -> unknownGrant(server).refused("unsupported_grant_type")),
                new Case("RFC 6749 §5.2", MUST, "An unknown client is invalid_client", this::unknownClient),
                new Case("RFC 6749 §5.2", MUST, "Wrong Basic credentials are 401 and challenged", this::wrongSecret),
                new Case("RFC 6749 §5.2", MUST, "An error is application/json", this::json),
                new Case("RFC 6749 §5.2", MUST, "An error description keeps to its characters", this::description),
                new Case(
                        "RFC 6749 §5.2",
                        SHOULD,
                        "An error is not stored by caches",
                        server -> Verdict.of(unknownGrant(server).isNoStore(), "no Cache-Control: no-store")),
                new Case("RFC 6749 §3.2", MUST, "A parameter that comes twice is refused", this::twice),
                new Case(
                        "RFC 6749 §3.2",
                        MUST,
                        "Unrecognized parameters are ignored",
                        server -> works(server.tokenAsService("grant_type", CREDENTIALS, "colour", "green"))),
                new Case(
                        "RFC 6749 §3.2",
                        MUST,
                        "A parameter without a value is treated as if it were omitted",
                        server -> works(server.tokenAsService("grant_type", CREDENTIALS, "scope", ""))),
                new Case("RFC 6749 §3.2", PRACTICE, "GET gives no token", this::get),
                new Case("RFC 6749 §2.3.1", MUST, "Credentials in the query give no token", this::inQuery),
                new Case("RFC 6749 §2.3", SHOULD, "Two ways to authenticate at once are refused", this::twoMethods),
                new Case(
                        "RFC 6749 §2.3.1",
                        MUST,
                        "A confidential client without its secret is refused",
                        server -> refused(server.token(
                                "grant_type",
                                CREDENTIALS,
                                "client_id",
                                server.service().id()))),
                new Case("RFC 6749 §2.3.1", MUST, "Malformed Basic credentials are refused", this::malformedBasic),
                new Case(
                        "RFC 6749 §4.4.3",
                        SHOULD,
                        "Client credentials give no refresh token",
                        server -> Verdict.of(
                                !server.tokenAsService("grant_type", CREDENTIALS)
                                        .require("client credentials")
                                        .json()
                                        .has("refresh_token"),
                                "there is one")),
                new Case("RFC 6749 §4.4", MUST, "A public client gets no token for itself", this::publicForItself),
                new Case("RFC 6749 §4.4", PRACTICE, "A body that is no form is refused", this::noForm),
                new Case(
                        "RFC 6749 App. B",
                        PRACTICE,
                        "Broken percent-encoding is refused, and breaks nothing",
                        this::brokenEncoding));
    }

    private static Answer unknownGrant(Server server) throws IOException, InterruptedException {
        return server.token(
                "grant_type",
                "urn:nothing-is-called-so",
                "client_id",
                server.target().device());
    }

    private Verdict unknownClient(Server server) throws IOException, InterruptedException {
        Answer answer =
                server.token("grant_type", "refresh_token", "client_id", "nobody-is-called-so", "refresh_token", "x");
        return Verdict.of(
                List.of(400, 401).contains(answer.status()) && answer.error().equals("invalid_client"), answer.seen());
    }

    private Verdict wrongSecret(Server server) throws IOException, InterruptedException {
        Answer answer = server.send(credentials(server)
                .header("Authorization", Server.basic(server.service().id(), "not-its-secret")));
        if (!answer.header("WWW-Authenticate").toLowerCase(Locale.ROOT).startsWith("basic")) {
            return Verdict.failed(answer.seen() + ", no WWW-Authenticate: Basic");
        }
        return answer.refused(401, "invalid_client");
    }

    private Verdict json(Server server) throws IOException, InterruptedException {
        String type = unknownGrant(server).contentType();
        return Verdict.of(type.equals("application/json"), "it is '" + type + "'");
    }

    private Verdict description(Server server) throws IOException, InterruptedException {
        String strange = "\"\\\u00e9\u0001";
        for (Answer answer : List.of(
                unknownGrant(server),
                server.token("grant_type", strange, "client_id", server.target().device()),
                server.token("grant_type", "refresh_token", "client_id", strange))) {
            String text = answer.text("error_description");
            if (!text.matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*")) {
                return Verdict.failed("it has others");
            }
        }
        return Verdict.passed();
    }

    private Verdict twice(Server server) throws IOException, InterruptedException {
        return server.tokenAsService("grant_type", CREDENTIALS, "grant_type", CREDENTIALS)
                .refused("invalid_request");
    }

    private Verdict get(Server server) throws IOException, InterruptedException {
        Answer answer = server.send(
                Server.request(server.endpoint("token_endpoint") + "?" + Server.form("grant_type", CREDENTIALS))
                        .header("Authorization", basic(server))
                        .GET());
        return Verdict.of(answer.status() >= 400 && answer.status() < 500, answer.seen());
    }

    private Verdict inQuery(Server server) throws IOException, InterruptedException {
        Target.Service service = server.service();
        String query = Server.form("client_id", service.id(), "client_secret", service.secret());
        Answer answer = server.send(Server.posting(
                server.endpoint("token_endpoint") + "?" + query, Server.form("grant_type", CREDENTIALS)));
        return Verdict.of(answer.status() == 400 || answer.status() == 401, answer.seen());
    }

    private Verdict twoMethods(Server server) throws IOException, InterruptedException {
        Target.Service service = server.service();
        Answer answer = server.tokenAsService(
                "grant_type", CREDENTIALS, "client_id", service.id(), "client_secret", service.secret());
        return Verdict.of(answer.status() == 400 || answer.status() == 401, answer.seen());
    }

    private Verdict malformedBasic(Server server) throws IOException, InterruptedException {
        for (String header : List.of("Basic", "Basic ///", "Basic Zm9v", "Basic %%%", "Bearer x")) {
            Answer answer = server.send(credentials(server).header("Authorization", header));
            if (answer.status() != 400 && answer.status() != 401) {
                return Verdict.failed("'" + header + "': " + answer.seen());
            }
        }
        return Verdict.passed();
    }

    private Verdict publicForItself(Server server) throws IOException, InterruptedException {
        Answer answer = server.token(
                "grant_type", CREDENTIALS, "client_id", server.target().device());
        return Verdict.of(answer.status() == 401 || answer.status() == 400, answer.seen());
    }

    private Verdict noForm(Server server) throws IOException, InterruptedException {
        Answer answer = server.send(Server.request(server.endpoint("token_endpoint"))
                .header("Content-Type", "application/json")
                .header("Authorization", basic(server))
                .POST(HttpRequest.BodyPublishers.ofString("{\"grant_type\":\"client_credentials\"}")));
        return Verdict.of(answer.status() >= 400 && answer.status() < 500, answer.seen());
    }

    private Verdict brokenEncoding(Server server) throws IOException, InterruptedException {
        for (String body : List.of("grant_type=%", "grant_type=%zz", "grant_type=%ff%fe", "%00=%00", "=", "&&&")) {
            Answer answer = server.send(
                    Server.posting(server.endpoint("token_endpoint"), body).header("Authorization", basic(server)));
            if (answer.status() < 400 || answer.status() >= 500) {
                return Verdict.failed("'" + body + "': " + answer.seen());
            }
        }
        return Verdict.passed();
    }

    private static HttpRequest.Builder credentials(Server server) throws IOException, InterruptedException {
        return Server.posting(server.endpoint("token_endpoint"), Server.form("grant_type", CREDENTIALS));
    }

    private static String basic(Server server) {
        return Server.basic(server.service().id(), server.service().secret());
    }

    private static Verdict works(Answer answer) {
        return Verdict.of(answer.status() == 200, answer.seen());
    }

    /** RFC 6749 §5.2 leaves the choice of the status where the client did not use the header. */
    private static Verdict refused(Answer answer) {
        return Verdict.of(
                (answer.status() == 401 || answer.status() == 400)
                        && List.of("invalid_client", "unauthorized_client").contains(answer.error()),
                answer.seen());
    }
}
