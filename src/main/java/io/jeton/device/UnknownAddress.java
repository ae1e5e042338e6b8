package io.jeton.device;

import io.jeton.http.OAuthExceptionMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a person reads who opens an address where nothing is. Software reads the error document there. */
public final class UnknownAddress {
    private static final Set<String> LOOKING = Set.of("GET", "HEAD");

    /** How every browser begins, when it is a page that it wants: nothing is preferred to it. */
    private static final Pattern PAGE = Pattern.compile("\\s*text/html\\s*(?:,.*)?", Pattern.CASE_INSENSITIVE);

    /** Where no page is, and whoever errs is software; some, as the JDK's, says that it wants pages. */
    static final Set<String> ENDPOINTS = Set.of(
            ".well-known",
            "admin",
            "device_authorization",
            "introspect",
            "jwks",
            "revoke",
            "statuslists",
            "token",
            "userinfo");

    private static final Notice NOTHING = new Notice(
            "problem",
            "There is nothing here",
            "No page has this address. Perhaps a part of it got lost.",
            List.of(new Notice.Link("/device", "Connect a device"), new Notice.Link("/devices", "See your devices")));

    private final Pages pages;
    private final OAuthExceptionMapper errors;

    UnknownAddress(Pages pages, OAuthExceptionMapper errors) {
        this.pages = pages;
        this.errors = errors;
    }

    @ServerExceptionMapper
    public Uni<Response> nothing(NotFoundException refusal, ContainerRequestContext request, HttpServerRequest http) {
        return isForAPerson(request)
                ? pages.notice(404, NOTHING).map(Response.ResponseBuilder::build)
                : Uni.createFrom().item(errors.refused(refusal, http));
    }

    private static boolean isForAPerson(ContainerRequestContext request) {
        String accept = request.getHeaderString(HttpHeaders.ACCEPT);
        return LOOKING.contains(request.getMethod())
                && accept != null
                && PAGE.matcher(accept).matches()
                && !ENDPOINTS.contains(room(request.getUriInfo().getPath()));
    }

    private static String room(String path) {
        String below = path.startsWith("/") ? path.substring(1) : path;
        int end = below.indexOf('/');
        return end < 0 ? below : below.substring(0, end);
    }
}
