package io.jeton.device;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** What is at the bare address: what this is, and where to go on. */
@Path("/")
public final class HomeResource {
    private final Pages pages;
    private final PageRequests requests;

    HomeResource(Pages pages, PageRequests requests) {
        this.pages = pages;
        this.requests = requests;
    }

    @GET
    public Uni<Response> home(@Context HttpServerRequest http) {
        return requests.get(http, "/", pages::home);
    }
}
