package io.jeton.admin;

import io.jeton.http.ErrorDocument;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives every refusal below {@code /admin} the shape of RFC 9457, and keeps every answer out of caches. */
public final class Problems {
    private static final String ROOT = "/admin";
    private static final String WHAT_IS_BELOW =
            "there is nothing at this path; openapi.json below it says what is there";
    private static final MediaType TYPE = MediaType.valueOf(Problem.MEDIA_TYPE);

    @ServerExceptionMapper
    Response refused(ProblemException refusal) {
        return Response.status(refusal.problem().status())
                .type(TYPE)
                .entity(refusal.problem())
                .build();
    }

    @ServerResponseFilter
    void shape(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        boolean isRoot = path.equals(ROOT) || path.equals(ROOT + "/");
        if (!isRoot && !path.startsWith(ROOT + "/")) {
            return;
        }
        response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        if (response.getEntity() instanceof ErrorDocument document) {
            int status = response.getStatus();
            String detail = isRoot && status == 404 ? WHAT_IS_BELOW : document.description();
            response.setEntity(
                    new Problem(null, Problem.title(status), status, detail, document.error(), null, null), null, TYPE);
        }
    }
}
