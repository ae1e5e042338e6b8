package io.jeton.discovery;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * An issuer may have a path, {@code https://example.com/tokens}: everything is then served below it, and the metadata of
 * RFC 8414 §3.1 is found at {@code /.well-known/oauth-authorization-server/tokens}. A proxy may strip the path or not.
 */
@ApplicationScoped
public final class IssuerPath {
    private static final String WELL_KNOWN = "/.well-known/";
    private static final int BEFORE_ROUTING = 1000;
    private static final String STRIPPED = IssuerPath.class.getName();

    private final Issuer issuer;

    IssuerPath(Issuer issuer) {
        this.issuer = issuer;
    }

    void register(@Observes Filters filters) {
        if (!issuer.path().isEmpty()) {
            filters.register(this::strip, BEFORE_ROUTING);
        }
    }

    private void strip(RoutingContext context) {
        String path = context.normalizedPath();
        String prefix = issuer.path();
        if (context.get(STRIPPED) != null) {
            // Once: a path of nothing but prefixes would otherwise be rerouted until the stack ends.
            context.next();
        } else if (path.startsWith(prefix + "/")) {
            context.put(STRIPPED, true).reroute(path.substring(prefix.length()) + query(context));
        } else if (path.startsWith(WELL_KNOWN) && path.endsWith(prefix)) {
            context.put(STRIPPED, true).reroute(path.substring(0, path.length() - prefix.length()) + query(context));
        } else {
            context.next();
        }
    }

    private static String query(RoutingContext context) {
        String query = context.request().query();
        return query == null ? "" : "?" + query;
    }
}
