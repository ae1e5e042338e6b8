package io.jeton.bench.load;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * What came back.
 *
 * @param bytes the whole answer as it was on the wire: status line, headers, body
 */
record Answer(int status, long bytes, Buffer body) {
    private static final String STATUS_LINE = "HTTP/1.1 200 \r\n";

    static Answer of(int status, String reason, MultiMap headers, Buffer body) {
        long bytes = STATUS_LINE.length() + reason.length() + "\r\n".length() + body.length();
        for (var header : headers) {
            bytes +=
                    header.getKey().length() + ": ".length() + header.getValue().length() + "\r\n".length();
        }
        return new Answer(status, bytes, body);
    }

    JsonObject json() {
        return body.toJsonObject();
    }

    /** This one, where it is what was expected. */
    Answer require(int expected) {
        if (status != expected) {
            throw new UnexpectedAnswer(status + " " + error());
        }
        return this;
    }

    /** The error code of RFC 6749 §5.2; never what else the body holds. */
    String error() {
        try {
            return json().getString("error", "without an error code");
        } catch (DecodeException | ClassCastException e) {
            return "without JSON";
        }
    }
}
