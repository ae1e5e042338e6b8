package io.jeton.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

/** What the server answered. */
record Answer(HttpResponse<String> response) {
    private static final ObjectMapper JSON = new ObjectMapper();

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The type without its parameters. */
    String contentType() {
        return header("Content-Type").split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    }

    boolean isNoStore() {
        return header("Cache-Control").toLowerCase(Locale.ROOT).contains("no-store");
    }

    /** A missing node where the body is no JSON. */
    JsonNode json() {
        try {
            JsonNode json = JSON.readTree(response.body());
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    String text(String member) {
        return json().path(member).asText("");
    }

    String error() {
        return text("error");
    }

    /** The answer of a request that must work for a case to go on. */
    Answer require(String what) {
        if (status() != 200) {
            throw new UnexpectedException(what + ": " + seen());
        }
        return this;
    }

    /** An error of RFC 6749 §5.2: status 400, one of these codes. */
    Verdict refused(String... codes) {
        return refused(400, codes);
    }

    Verdict refused(int status, String... codes) {
        return Verdict.of(status() == status && List.of(codes).contains(error()), seen());
    }

    /** Status and error code; never the body, which may hold a token. */
    String seen() {
        return error().isEmpty() ? "status " + status() : "status " + status() + ", " + error();
    }
}
