package io.jeton.ops;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Sends clients elsewhere while a stop is near: a connection that is kept open leads here however unready we are, and would be
 * cut when the listener closes (RFC 9112 §9.6). HTTP/2 has its own word for it, which the server says when it closes.
 */
@ApplicationScoped
final class Draining {
    private static final int FIRST = 1000;

    private volatile boolean stopIsNear;

    void stopIsNear(@Observes ShutdownDelayInitiatedEvent event) {
        stopIsNear = true;
    }

    boolean isStopNear() {
        return stopIsNear;
    }

    void register(@Observes Filters filters) {
        filters.register(this::askToClose, FIRST);
    }

    private void askToClose(RoutingContext context) {
        if (stopIsNear && context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.next();
    }
}
