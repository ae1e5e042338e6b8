package io.jeton.device;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** A person's own devices, and taking their access back. A GET only shows, whatever its address says. */
@Path("/devices")
public final class MyDevicesResource {
    private static final String START = "/devices";

    private final MyDevicesSteps steps;
    private final PageRequests requests;

    MyDevicesResource(MyDevicesSteps steps, PageRequests requests) {
        this.steps = steps;
        this.requests = requests;
    }

    @GET
    public Uni<Response> list(@Context HttpServerRequest http) {
        return requests.get(
                http, START, visitor -> steps.list(visitor, http.getParam("after", ""), http.getParam("done", "")));
    }

    @POST
    @Path("/sign-out-everywhere")
    public Uni<Response> signOutEverywhere(@Context HttpServerRequest http, byte[] body) {
        return requests.post(http, body, START, (visitor, form) -> steps.signOutEverywhere(visitor));
    }

    @GET
    @Path("/{id}")
    public Uni<Response> show(@Context HttpServerRequest http, @PathParam("id") String id) {
        return requests.get(http, START, visitor -> steps.show(visitor, id, http.getParam("done", "")));
    }

    @POST
    @Path("/{id}/name")
    public Uni<Response> rename(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return requests.post(http, body, START, (visitor, form) -> steps.rename(visitor, form, id));
    }

    @POST
    @Path("/{id}/suspension")
    public Uni<Response> suspend(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return carryOut(MyDevices.Choice.SUSPEND, http, id, body);
    }

    @POST
    @Path("/{id}/resumption")
    public Uni<Response> resume(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return carryOut(MyDevices.Choice.RESUME, http, id, body);
    }

    @GET
    @Path("/{id}/revocation")
    public Uni<Response> askWhetherToRevoke(@Context HttpServerRequest http, @PathParam("id") String id) {
        return requests.get(http, START, visitor -> steps.askWhetherToRevoke(visitor, id));
    }

    @POST
    @Path("/{id}/revocation")
    public Uni<Response> revoke(@Context HttpServerRequest http, @PathParam("id") String id, byte[] body) {
        return carryOut(MyDevices.Choice.REVOKE, http, id, body);
    }

    /** Whoever opens the address of a form again, from the history for example. */
    @GET
    @Path("/{id}/{form:name|suspension|resumption}")
    public Response again(@PathParam("id") String id) {
        return steps.restart(id);
    }

    private Uni<Response> carryOut(MyDevices.Choice choice, HttpServerRequest http, String id, byte[] body) {
        return requests.post(http, body, START, (visitor, form) -> steps.carryOut(choice, visitor, id));
    }
}
