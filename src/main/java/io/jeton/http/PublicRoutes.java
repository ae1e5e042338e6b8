package io.jeton.http;

import io.jeton.protocol.ErrorCode;
import io.quarkus.arc.All;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;

/**
 * Serves the documents that nothing of a request changes, by the HTTP layer alone: every verifier reads them, and the
 * framework of the other endpoints costs more than they do.
 */
@ApplicationScoped
public final class PublicRoutes {
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final List<Publication> publications;

    PublicRoutes(@All List<Publication> publications) {
        this.publications = publications;
    }

    void register(@Observes Router router) {
        for (Publication publication : publications) {
            for (String path : publication.paths()) {
                router.route(path).handler(context -> answer(context.request(), publication));
            }
        }
    }

    private static void answer(HttpServerRequest request, Publication publication) {
        if (METHODS.contains(request.method())) {
            publication.document().answer(request, publication.maxAge());
        } else {
            refuse(request);
        }
    }

    /** RFC 9110 §15.5.6, in the words of the other endpoints. */
    private static void refuse(HttpServerRequest request) {
        request.response()
                .setStatusCode(405)
                .putHeader(HttpHeaders.ALLOW, "GET, HEAD")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(JsonObject.of(
                                "error",
                                ErrorCode.INVALID_REQUEST.value(),
                                "error_description",
                                "this method is not allowed here")
                        .toBuffer());
    }
}
