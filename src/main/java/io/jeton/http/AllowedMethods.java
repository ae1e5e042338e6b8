package io.jeton.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper.RequestMatch;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;

/** Which methods a resource has: RFC 9110 §10.2.1. The framework says none with a 405, and to OPTIONS those of the whole class. */
public final class AllowedMethods {
    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;

    @ServerResponseFilter
    public void allow(ResteasyReactiveContainerRequestContext request, ContainerResponseContext response) {
        boolean asked = HttpMethod.OPTIONS.equals(request.getMethod()) && response.getStatus() == OK;
        if (asked || response.getStatus() == METHOD_NOT_ALLOWED) {
            var matched = (ResteasyReactiveRequestContext) request.getServerRequestContext();
            response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", methods(matched)));
        }
    }

    /** Found the way the framework finds what it calls. */
    private static Set<String> methods(ResteasyReactiveRequestContext request) {
        Set<String> methods = new TreeSet<>(Set.of(HttpMethod.OPTIONS));
        String path = request.getPathWithoutPrefix();
        RequestMapper<InitialMatch> classes =
                new RequestMapper<>(request.getDeployment().getClassMappers());
        RequestMatch<InitialMatch> match = classes.map(path);
        while (match != null) {
            String below = match.remaining.isEmpty() ? "/" : match.remaining;
            for (ServerRestHandler handler : match.value.handlers) {
                if (handler instanceof ClassRoutingHandler ofClass) {
                    ofClass.getMappers().forEach((method, mapper) -> {
                        if (method != null && mapper.map(below) != null) {
                            methods.add(method);
                        }
                    });
                }
            }
            match = classes.continueMatching(path, match);
        }
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return methods;
    }
}
