package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the server says of itself: OpenID Connect Discovery 1.0, RFC 8414, RFC 8628 §4. */
final class MetadataSuite implements Suite {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    @Override
    public List<Case> cases() {
        return List.of(
                new Case(
                        "Discovery §4.3",
                        MUST,
                        "The issuer is the URL that discovery started from",
                        server -> Verdict.of(
                                server.metadata().path("issuer").asText().equals(server.issuer()),
                                "it is " + server.metadata().path("issuer"))),
                new Case("Discovery §4.2", MUST, "The document is application/json", this::json),
                new Case("Discovery §3", MUST, "Every required member is there", this::required),
                new Case(
                        "RFC 8414 §2",
                        MUST,
                        "There is an authorization endpoint, unless no grant type uses one",
                        this::authorizationEndpoint),
                new Case(
                        "Discovery §3",
                        MUST,
                        "RS256 is among the algorithms of ID tokens",
                        server -> contains(server, "id_token_signing_alg_values_supported", "RS256")),
                new Case(
                        "RFC 8628 §4",
                        MUST,
                        "The device grant is among the grant types",
                        server -> contains(server, "grant_types_supported", Server.DEVICE_CODE)),
                new Case(
                        "RFC 8628 §4",
                        SHOULD,
                        "The device authorization endpoint can be found",
                        server -> Verdict.of(
                                server.metadata().hasNonNull("device_authorization_endpoint"), "it is not there")),
                new Case("RFC 8414 §2", MUST, "Every endpoint is https, or on this machine", this::secure),
                new Case(
                        "RFC 8414 §3.2",
                        MUST,
                        "A member without values is omitted, unless it is required",
                        this::noEmptyMembers),
                new Case(
                        "RFC 8414 §3.1",
                        MUST,
                        "RFC 8414's document is where the well-known part is put between host and path",
                        this::rfc8414),
                new Case(
                        "RFC 8414 §2",
                        PRACTICE,
                        "Public clients are told that they need no authentication",
                        server -> contains(server, "token_endpoint_auth_methods_supported", "none")),
                new Case(
                        "Discovery §4",
                        PRACTICE,
                        "The document may be cached",
                        server -> Verdict.of(
                                server.get(server.discovery())
                                        .header("Cache-Control")
                                        .contains("max-age"),
                                "no Cache-Control with max-age")));
    }

    private Verdict json(Server server) throws IOException, InterruptedException {
        String type = server.get(server.discovery()).contentType();
        return Verdict.of(type.equals("application/json"), "it is '" + type + "'");
    }

    private Verdict required(Server server) throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String member : List.of(
                "issuer",
                "token_endpoint",
                "jwks_uri",
                "response_types_supported",
                "subject_types_supported",
                "id_token_signing_alg_values_supported")) {
            if (!server.metadata().hasNonNull(member)) {
                missing.add(member);
            }
        }
        return Verdict.of(missing.isEmpty(), "missing: " + missing);
    }

    private Verdict authorizationEndpoint(Server server) throws IOException, InterruptedException {
        boolean used = !server.metadata().hasNonNull("grant_types_supported")
                || values(server, "grant_types_supported").stream()
                        .anyMatch(grant -> grant.equals("authorization_code") || grant.equals("implicit"));
        return Verdict.of(!used || server.metadata().hasNonNull("authorization_endpoint"), "there is none");
    }

    private Verdict secure(Server server) throws IOException, InterruptedException {
        List<String> insecure = new ArrayList<>();
        server.metadata().properties().forEach(member -> {
            if (member.getKey().endsWith("_endpoint") || member.getKey().equals("jwks_uri")) {
                URI uri = URI.create(member.getValue().asText());
                if (!"https".equals(uri.getScheme()) && !LOOPBACK.contains(uri.getHost())) {
                    insecure.add(member.getKey());
                }
            }
        });
        return Verdict.of(insecure.isEmpty(), "not: " + insecure);
    }

    private Verdict noEmptyMembers(Server server) throws IOException, InterruptedException {
        List<String> empty = new ArrayList<>();
        for (var member : server.metadata().properties()) {
            boolean without = member.getValue().isNull()
                    || (member.getValue().isArray() && member.getValue().isEmpty());
            // Both specifications require it, even of a server that has no authorization endpoint.
            if (without && !member.getKey().equals("response_types_supported")) {
                empty.add(member.getKey());
            }
        }
        return Verdict.of(empty.isEmpty(), "empty: " + empty);
    }

    private Verdict rfc8414(Server server) throws IOException, InterruptedException {
        URI issuer = URI.create(server.issuer());
        String path = issuer.getPath().equals("/") ? "" : issuer.getPath();
        Answer answer = server.get(
                issuer.getScheme() + "://" + issuer.getAuthority() + "/.well-known/oauth-authorization-server" + path);
        if (answer.status() == 404) {
            return Verdict.skipped("it has OpenID Connect Discovery alone");
        }
        return Verdict.of(answer.text("issuer").equals(server.issuer()), answer.seen());
    }

    private static Verdict contains(Server server, String member, String value)
            throws IOException, InterruptedException {
        return Verdict.of(values(server, member).contains(value), member + " lacks it");
    }

    private static List<String> values(Server server, String member) throws IOException, InterruptedException {
        List<String> values = new ArrayList<>();
        for (JsonNode value : server.metadata().path(member)) {
            values.add(value.asText());
        }
        return values;
    }
}
