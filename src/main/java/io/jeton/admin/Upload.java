package io.jeton.admin;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** A body that is larger than others may be: it is read once its sender is known, and not before. */
final class Upload {
    private Upload() {}

    /** Fails with a {@link ProblemException} where there is more than so many bytes. */
    static Uni<byte[]> read(HttpServerRequest http, int most) {
        return Uni.createFrom().emitter(emitter -> {
            Buffer body = Buffer.buffer();
            http.exceptionHandler(emitter::fail);
            http.handler(part -> {
                if (body.length() + part.length() <= most) {
                    body.appendBuffer(part);
                } else {
                    emitter.fail(ProblemException.tooLarge(most));
                }
            });
            http.endHandler(end -> emitter.complete(body.getBytes()));
            http.resume();
        });
    }

    /** Lets a body go by that nobody reads, so that the connection is good for the next request. */
    static void drop(HttpServerRequest http) {
        if (!http.isEnded()) {
            http.resume();
        }
    }
}
