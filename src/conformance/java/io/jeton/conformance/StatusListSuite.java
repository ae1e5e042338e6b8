package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** Status lists: draft-ietf-oauth-status-list-17, where the metadata leads to them (§9.1). */
final class StatusListSuite implements Suite {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/statuslist+jwt";
    private static final Set<Integer> BITS = Set.of(1, 2, 4, 8);
    private static final int MOST_BYTES = 1 << 26;
    private static final int CLOCK_SKEW_SECONDS = 60;

    @Override
    public List<Case> cases() {
        return List.of(
                new Case(
                        "Status List §9.3",
                        MUST,
                        "The aggregation lists addresses",
                        server -> Verdict.of(!addresses(server).isEmpty(), "there are none")),
                new Case("Status List §9.3", SHOULD, "The aggregation is application/json", server -> {
                    String type = aggregation(server).contentType();
                    return Verdict.of(type.equals("application/json"), "it is '" + type + "'");
                }),
                new Case("Status List §8.2", MUST, "A list comes as application/statuslist+jwt", server -> {
                    String type = answer(server).contentType();
                    return Verdict.of(type.equals(MEDIA_TYPE), "it is '" + type + "'");
                }),
                new Case("Status List §5.1", MUST, "Its type is statuslist+jwt", server -> {
                    String type = list(server).header.path("typ").asText("");
                    return Verdict.of(type.equals("statuslist+jwt"), "it is '" + type + "'");
                }),
                new Case("Status List §5.1", MUST, "sub is its address", server -> {
                    StatusList list = list(server);
                    return Verdict.of(list.text("sub").equals(list.address), "it is another one, or none");
                }),
                new Case("Status List §5.1", MUST, "iat is there, and past", this::issued),
                new Case("Status List §5.1", MUST, "Where there is an exp, it is to come", server -> {
                    JsonNode exp = list(server).claims.path("exp");
                    return Verdict.of(exp.isMissingNode() || exp.asLong() > now(), "it is over");
                }),
                new Case("Status List §5.1", MUST, "Where there is a ttl, it is a positive number", server -> {
                    JsonNode ttl = list(server).claims.path("ttl");
                    return Verdict.of(ttl.isMissingNode() || (ttl.isNumber() && ttl.asLong() > 0), "it is " + ttl);
                }),
                new Case("Status List §4.2", MUST, "bits is 1, 2, 4 or 8", server -> {
                    JsonNode bits = list(server).statusList().path("bits");
                    return Verdict.of(bits.isInt() && BITS.contains(bits.asInt()), "it is " + bits);
                }),
                new Case(
                        "Status List §4.1",
                        MUST,
                        "The statuses decompress",
                        server -> Verdict.of(statuses(list(server)).length > 0, "there are none")),
                new Case("Status List §5.1", MUST, "The signature verifies with the key set", this::verifies),
                new Case(
                        "Status List §6.2", MUST, "The index of an access token is in its list's range", this::inRange),
                new Case("Status List §8.3", MUST, "The status of a new access token is valid", this::valid),
                new Case(
                        "Status List §8.1",
                        SHOULD,
                        "A list is readable from any origin",
                        server -> Verdict.of(
                                !answer(server)
                                        .header("Access-Control-Allow-Origin")
                                        .isEmpty(),
                                "it is not")),
                new Case(
                        "Status List §5.1",
                        PRACTICE,
                        "A verifier learns how long to keep a list",
                        server -> Verdict.of(list(server).claims.path("ttl").asLong() > 0, "there is no ttl")),
                new Case("Status List §8.2", PRACTICE, "A list that is known is not sent again", this::unchanged));
    }

    /** A list's parts, not verified. */
    private record StatusList(String address, String compact, JsonNode header, JsonNode claims) {
        static StatusList of(String address, Answer answer) throws IOException {
            String compact = answer.response().body().strip();
            String[] parts = compact.split("\\.", -1);
            if (parts.length != 3) {
                throw new UnexpectedException("the list is no signed token");
            }
            return new StatusList(address, compact, decode(parts[0]), decode(parts[1]));
        }

        private static JsonNode decode(String part) throws IOException {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        }

        JsonNode statusList() {
            return claims.path("status_list");
        }

        String text(String claim) {
            return claims.path(claim).asText("");
        }
    }

    private static Answer aggregation(Server server) throws IOException, InterruptedException {
        return server.get(server.endpoint("status_list_aggregation_endpoint")).require("aggregation");
    }

    private static JsonNode addresses(Server server) throws IOException, InterruptedException {
        return aggregation(server).json().path("status_lists");
    }

    private static String first(Server server) throws IOException, InterruptedException {
        String address = addresses(server).path(0).asText("");
        if (address.isEmpty()) {
            throw new UnexpectedException("the aggregation lists no address");
        }
        return address;
    }

    private static Answer fetch(Server server, String address) throws IOException, InterruptedException {
        return server.send(Server.request(address).setHeader("Accept", MEDIA_TYPE))
                .require("status list");
    }

    private static Answer answer(Server server) throws IOException, InterruptedException {
        return fetch(server, first(server));
    }

    private static StatusList list(Server server) throws IOException, InterruptedException {
        String address = first(server);
        return StatusList.of(address, fetch(server, address));
    }

    private Verdict issued(Server server) throws IOException, InterruptedException {
        JsonNode iat = list(server).claims.path("iat");
        return Verdict.of(
                iat.isNumber() && iat.asLong() > 0 && iat.asLong() <= now() + CLOCK_SKEW_SECONDS, "it is " + iat);
    }

    private Verdict verifies(Server server) throws IOException, InterruptedException {
        StatusList list = list(server);
        try {
            JsonWebKeySet keys = new JsonWebKeySet(
                    server.get(server.endpoint("jwks_uri")).response().body());
            return Verdict.of(
                    AccessTokenSuite.isVerified(
                            list.compact, list.header.path("kid").asText(""), keys),
                    "no key of the set verifies it");
        } catch (JoseException e) {
            return Verdict.failed("it cannot be verified: " + e.getClass().getSimpleName());
        }
    }

    private Verdict inRange(Server server) throws IOException, InterruptedException {
        JsonNode reference = reference(server);
        long index = reference.path("idx").asLong(-1);
        StatusList list = listOf(server, reference);
        long size = (long) statuses(list).length * 8 / bits(list);
        return Verdict.of(index >= 0 && index < size, "it is " + index + " of " + size);
    }

    private Verdict valid(Server server) throws IOException, InterruptedException {
        JsonNode reference = reference(server);
        StatusList list = listOf(server, reference);
        long bit = reference.path("idx").asLong() * bits(list);
        byte[] statuses = statuses(list);
        if (bit < 0 || bit / 8 >= statuses.length) {
            return Verdict.failed("its index is out of range");
        }
        int status = (statuses[(int) (bit / 8)] >> (int) (bit % 8)) & ((1 << bits(list)) - 1);
        return Verdict.of(status == 0, "it is " + status);
    }

    private Verdict unchanged(Server server) throws IOException, InterruptedException {
        String address = first(server);
        String tag = fetch(server, address).header("ETag");
        if (tag.isEmpty()) {
            return Verdict.failed("no ETag");
        }
        Answer again = server.send(
                Server.request(address).setHeader("Accept", MEDIA_TYPE).header("If-None-Match", tag));
        return Verdict.of(again.status() == 304, again.seen());
    }

    /** What a device's access token says of its status. */
    private static JsonNode reference(Server server) throws IOException, InterruptedException {
        server.endpoint("status_list_aggregation_endpoint");
        String[] parts = server.tokens().text("access_token").split("\\.", -1);
        JsonNode reference = parts.length == 3
                ? StatusList.decode(parts[1]).path("status").path("status_list")
                : MissingNode.getInstance();
        if (reference.isMissingNode()) {
            throw new NotOfferedException("the access token does not say where its status is found");
        }
        return reference;
    }

    private static StatusList listOf(Server server, JsonNode reference) throws IOException, InterruptedException {
        String address = reference.path("uri").asText("");
        if (address.isEmpty()) {
            throw new UnexpectedException("the access token names an index and no list");
        }
        return StatusList.of(address, fetch(server, address));
    }

    private static int bits(StatusList list) {
        int bits = list.statusList().path("bits").asInt();
        if (!BITS.contains(bits)) {
            throw new UnexpectedException("the list has " + bits + " bits");
        }
        return bits;
    }

    private static byte[] statuses(StatusList list) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(
                    Base64.getUrlDecoder().decode(list.statusList().path("lst").asText("")));
            byte[] bytes = new byte[MOST_BYTES];
            int length = inflater.inflate(bytes);
            if (!inflater.finished()) {
                throw new UnexpectedException("lst ends early, or is too long");
            }
            return Arrays.copyOf(bytes, length);
        } catch (DataFormatException | IllegalArgumentException e) {
            throw new UnexpectedException(
                    "lst does not decompress: " + e.getClass().getSimpleName());
        } finally {
            inflater.end();
        }
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }
}
