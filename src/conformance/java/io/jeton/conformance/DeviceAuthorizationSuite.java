package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import io.jeton.conformance.Server.DeviceCode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The device's request and what it is given: RFC 8628 §3.1, §3.2, §6.1. */
final class DeviceAuthorizationSuite implements Suite {
    private static final int SAMPLE = 8;
    /** RFC 8628 §5.1 calls 20^8 enough, where guesses are limited. */
    private static final double ENOUGH_BITS = 8 * Math.log(20) / Math.log(2);

    @Override
    public List<Case> cases() {
        return List.of(
                new Case("RFC 8628 §3.2", MUST, "The response has every required member", this::members),
                new Case("RFC 8628 §3.2", MUST, "The response is application/json", this::json),
                new Case(
                        "RFC 8628 §3.2", MUST, "Every request has a device code and a user code of its own", this::own),
                new Case(
                        "RFC 8628 §3.2",
                        MUST,
                        "The interval, where there is one, is a positive number",
                        this::interval),
                new Case("RFC 8628 §3.2", PRACTICE, "The response is not stored by caches", this::noStore),
                new Case(
                        "RFC 8628 §3.3.1",
                        PRACTICE,
                        "There is a verification_uri_complete that carries the user code, for a QR code",
                        this::complete),
                new Case(
                        "RFC 8628 §6.1",
                        SHOULD,
                        "The user code has letters of one case only, or digits",
                        this::alphabet),
                new Case(
                        "RFC 8628 §5.1",
                        PRACTICE,
                        "The user code has as many bits as eight characters out of twenty",
                        this::entropy),
                new Case(
                        "RFC 8628 §3.1",
                        MUST,
                        "A parameter without a value is treated as if it were omitted",
                        server -> works(server, "client_id", server.target().device(), "scope", "")),
                new Case(
                        "RFC 8628 §3.1",
                        MUST,
                        "Unrecognized parameters are ignored",
                        server -> works(
                                server,
                                "client_id",
                                server.target().device(),
                                "scope",
                                server.target().scope(),
                                "colour",
                                "green")),
                new Case("RFC 8628 §3.1", MUST, "A parameter that comes twice is refused", this::twice),
                new Case(
                        "RFC 8628 §3.1",
                        MUST,
                        "A request without a client is refused",
                        server -> refused(
                                server.authorize("scope", server.target().scope()))),
                new Case(
                        "RFC 6749 §5.2",
                        MUST,
                        "A device authorization request of an unknown client is refused",
                        server -> refused(server.authorize("client_id", "nobody-is-called-so"))),
                new Case(
                        "RFC 6749 §3.3", MUST, "An unknown scope is invalid_scope, or is left out", this::unknownScope),
                new Case("RFC 8628 §3.1", PRACTICE, "Only POST gives a code", this::onlyPost));
    }

    private Verdict members(Server server) throws IOException, InterruptedException {
        JsonNode code = server.code().json();
        for (String member : List.of("device_code", "user_code", "verification_uri")) {
            if (code.path(member).asText("").isEmpty()) {
                return Verdict.failed("no " + member);
            }
        }
        return Verdict.of(
                code.path("expires_in").isIntegralNumber()
                        && code.path("expires_in").asLong() > 0,
                "expires_in is no positive integer");
    }

    private Verdict json(Server server) throws IOException, InterruptedException {
        String type = code(server).contentType();
        return Verdict.of(type.equals("application/json"), "it is '" + type + "'");
    }

    private Verdict noStore(Server server) throws IOException, InterruptedException {
        return Verdict.of(code(server).isNoStore(), "no Cache-Control: no-store");
    }

    private Verdict own(Server server) throws IOException, InterruptedException {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < SAMPLE; i++) {
            DeviceCode code = server.code();
            codes.add(code.deviceCode());
            codes.add(code.userCode());
        }
        return Verdict.of(codes.size() == 2 * SAMPLE, "a code came twice");
    }

    private Verdict interval(Server server) throws IOException, InterruptedException {
        JsonNode interval = server.code().json().path("interval");
        return Verdict.of(
                interval.isMissingNode() || (interval.isNumber() && interval.asDouble() > 0), "it is " + interval);
    }

    private Verdict complete(Server server) throws IOException, InterruptedException {
        DeviceCode code = server.code();
        return Verdict.of(
                code.complete()
                        .filter(uri -> letters(uri.toString()).contains(letters(code.userCode())))
                        .isPresent(),
                "there is none");
    }

    private Verdict alphabet(Server server) throws IOException, InterruptedException {
        String sample = sample(server);
        return Verdict.of(
                sample.matches("[A-Z0-9]*") || sample.matches("[a-z0-9]*"), "it has characters of more kinds");
    }

    private Verdict entropy(Server server) throws IOException, InterruptedException {
        String sample = sample(server);
        double alphabet = (double) sample.chars().distinct().count();
        double bits = sample.length() / (double) SAMPLE * Math.log(alphabet) / Math.log(2);
        // The sample may have missed a letter or two.
        return Verdict.of(bits > ENOUGH_BITS * 0.9, "about %.0f bits".formatted(bits));
    }

    private static String sample(Server server) throws IOException, InterruptedException {
        StringBuilder sample = new StringBuilder();
        for (int i = 0; i < SAMPLE; i++) {
            sample.append(letters(server.code().userCode()));
        }
        return sample.toString();
    }

    private static String letters(String code) {
        return code.replaceAll("[^A-Za-z0-9]", "");
    }

    private Verdict twice(Server server) throws IOException, InterruptedException {
        String scope = server.target().scope();
        Answer answer = server.authorize("client_id", server.target().device(), "scope", scope, "scope", scope);
        return Verdict.of(answer.status() == 400, answer.seen());
    }

    private Verdict unknownScope(Server server) throws IOException, InterruptedException {
        Answer answer = server.authorize("client_id", server.target().device(), "scope", "nothing-is-called-so");
        if (answer.status() != 200) {
            return Verdict.of(answer.error().equals("invalid_scope"), answer.seen());
        }
        Server.DeviceCode code = new Server.DeviceCode(answer.json());
        try {
            server.approve(code);
        } catch (IOException e) {
            throw new NotOfferedException("a request without any scope that is known cannot be approved");
        }
        Answer tokens = server.poll(code);
        // Without the member the scope would be what was asked for (RFC 6749 §5.1).
        return Verdict.of(
                tokens.status() != 200
                        || (tokens.json().has("scope") && !tokens.text("scope").contains("nothing-is-called-so")),
                "it is granted");
    }

    private Verdict onlyPost(Server server) throws IOException, InterruptedException {
        Answer answer = server.get(server.endpoint("device_authorization_endpoint") + "?"
                + Server.form("client_id", server.target().device()));
        return Verdict.of(answer.status() >= 400 && answer.status() < 500, answer.seen());
    }

    private static Verdict works(Server server, String... parameters) throws IOException, InterruptedException {
        Answer answer = server.authorize(parameters);
        return Verdict.of(answer.status() == 200, answer.seen());
    }

    /** RFC 6749 §5.2 leaves the choice of the status for an unknown client. */
    private static Verdict refused(Answer answer) {
        return Verdict.of(
                answer.status() == 401
                        ? answer.error().equals("invalid_client")
                        : answer.status() == 400
                                && List.of("invalid_client", "invalid_request").contains(answer.error()),
                answer.seen());
    }

    private static Answer code(Server server) throws IOException, InterruptedException {
        return server.authorize(
                        "client_id",
                        server.target().device(),
                        "scope",
                        server.target().scope())
                .require("device authorization request");
    }
}
