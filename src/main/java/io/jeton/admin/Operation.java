package io.jeton.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jeton.audit.Author;
import io.jeton.device.registry.OrderedBy;
import io.vertx.core.http.HttpServerRequest;
import java.util.OptionalLong;

/** One request of an operator who is known. */
final class Operation {
    private final Operator operator;
    private final HttpServerRequest http;
    private final byte[] body;

    Operation(Operator operator, HttpServerRequest http, byte[] body) {
        this.operator = operator;
        this.http = http;
        this.body = body;
    }

    /** Who orders it, and where from, for the trail. */
    Author author() {
        return operator.author();
    }

    /** The same, of devices. */
    OrderedBy orderedBy() {
        return operator.orderedBy();
    }

    /** @throws ProblemException where there is a parameter of another name, or one twice */
    Query query(String... names) {
        return Query.of(http, names);
    }

    /** @throws ProblemException where the body is no JSON object */
    JsonBody body() {
        return JsonBody.read(http.getHeader("Content-Type"), body);
    }

    /** @throws ProblemException where the body is no JSON object of this media type */
    ObjectNode object(String mediaType) {
        return JsonBody.object(http.getHeader("Content-Type"), mediaType, body);
    }

    boolean hasBody() {
        return body.length > 0;
    }

    /** The body as it came, for what is no JSON. */
    byte[] rawBody() {
        return body.clone();
    }

    String contentType() {
        return String.valueOf(http.getHeader("Content-Type"));
    }

    /**
     * The version that must be the present one (RFC 9110 §13.1.1); empty for {@code *}, any.
     *
     * @throws ProblemException where the request does not say, 428 (RFC 6585 §3)
     */
    OptionalLong requiredVersion() {
        return IfMatch.required(http.headers().getAll("If-Match"));
    }

    /** The same where the request need not say. */
    OptionalLong version() {
        return IfMatch.optional(http.headers().getAll("If-Match"));
    }

    /** Of what has no version, none but {@code *} is there. @throws ProblemException where the request says another one */
    void unversioned() {
        if (version().isPresent()) {
            throw ProblemException.changedMeanwhile();
        }
    }
}
