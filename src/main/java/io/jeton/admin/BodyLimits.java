package io.jeton.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** How large a body may be: {@code quarkus.http.limits.max-body-size} is what an import may have, all others have this. */
@ApplicationScoped
final class BodyLimits {
    private static final long MOST = 256 * 1024;

    void start(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(BodyLimits::limit);
    }

    private static void limit(RoutingContext context) {
        if (context.normalizedPath().equals(EnrolmentResource.PATH)) {
            context.next();
        } else if (length(context) > MOST) {
            context.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .endHandler(end -> context.request().connection().close())
                    .end();
        } else {
            // Where nobody says how long it is, it is counted while it is read.
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, MOST);
            context.next();
        }
    }

    /** The server has seen that it is a number. */
    private static long length(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
