package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The public keys: RFC 7517, RFC 7518 §6. */
final class KeySetSuite implements Suite {
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final int LEAST_RSA_BYTES = 256;

    @Override
    public List<Case> cases() {
        return List.of(
                new Case("RFC 7517 §5", MUST, "The key set has keys", this::keys),
                new Case("RFC 7517 §4.1", MUST, "Every key has its kty", all(key -> key.hasNonNull("kty"))),
                new Case("RFC 7517 §4.5", SHOULD, "Every key has a kid of its own", this::ownKids),
                new Case("RFC 7517 §9.2", MUST, "No key has a private member", all(key -> PRIVATE.stream()
                        .noneMatch(key::has))),
                new Case(
                        "RFC 7518 §3.3",
                        MUST,
                        "RSA keys have 2048 bits at least",
                        all(key -> !kty(key, "RSA") || bytes(key, "n") >= LEAST_RSA_BYTES)),
                new Case(
                        "RFC 7518 §6.2.1",
                        MUST,
                        "The coordinates of EC keys have their full length",
                        all(key ->
                                !kty(key, "EC") || (bytes(key, "x") == length(key) && bytes(key, "y") == length(key)))),
                new Case(
                        "Discovery §3",
                        MUST,
                        "Where there are keys to encrypt with, every key says what it is for",
                        this::use),
                new Case(
                        "RFC 7517 §4.4",
                        PRACTICE,
                        "Every signing key names its algorithm",
                        all(key -> key.path("use").asText("sig").equals("enc") || key.hasNonNull("alg"))),
                new Case("RFC 7517 §8.5", PRACTICE, "The media type is JSON's or a key set's", this::mediaType),
                new Case(
                        "RFC 7517 §5",
                        PRACTICE,
                        "The key set may be cached",
                        server -> Verdict.of(
                                keySet(server).header("Cache-Control").contains("max-age"),
                                "no Cache-Control with max-age")));
    }

    private Verdict keys(Server server) throws IOException, InterruptedException {
        return Verdict.of(!list(server).isEmpty(), "there are none");
    }

    private Verdict ownKids(Server server) throws IOException, InterruptedException {
        List<JsonNode> keys = list(server);
        long kids = keys.stream()
                .map(key -> key.path("kid").asText(""))
                .filter(kid -> !kid.isEmpty())
                .distinct()
                .count();
        return Verdict.of(kids == keys.size(), kids + " kids of " + keys.size() + " keys");
    }

    private Verdict use(Server server) throws IOException, InterruptedException {
        List<JsonNode> keys = list(server);
        boolean encrypts =
                keys.stream().anyMatch(key -> key.path("use").asText().equals("enc"));
        return Verdict.of(!encrypts || keys.stream().allMatch(key -> key.hasNonNull("use")), "some do not");
    }

    private Verdict mediaType(Server server) throws IOException, InterruptedException {
        String type = keySet(server).contentType();
        return Verdict.of(
                type.equals("application/json") || type.equals("application/jwk-set+json"), "it is '" + type + "'");
    }

    private static Case.Check all(Predicate<JsonNode> holds) {
        return server -> {
            if (list(server).isEmpty()) {
                return Verdict.failed("there are no keys");
            }
            List<String> others = list(server).stream()
                    .filter(holds.negate())
                    .map(key -> key.path("kid").asText("without kid"))
                    .toList();
            return Verdict.of(others.isEmpty(), "not so: " + others);
        };
    }

    private static Answer keySet(Server server) throws IOException, InterruptedException {
        return server.get(server.endpoint("jwks_uri")).require("key set");
    }

    private static List<JsonNode> list(Server server) throws IOException, InterruptedException {
        List<JsonNode> keys = new ArrayList<>();
        keySet(server).json().path("keys").forEach(keys::add);
        return keys;
    }

    private static boolean kty(JsonNode key, String type) {
        return key.path("kty").asText().equals(type);
    }

    private static int bytes(JsonNode key, String member) {
        return Base64.getUrlDecoder().decode(key.path(member).asText()).length;
    }

    private static int length(JsonNode key) {
        return switch (key.path("crv").asText()) {
            case "P-256", "secp256k1" -> 32;
            case "P-384" -> 48;
            case "P-521" -> 66;
            default -> -1;
        };
    }
}
