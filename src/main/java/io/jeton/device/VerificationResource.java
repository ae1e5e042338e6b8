package io.jeton.device;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Set;

/** The verification page: RFC 8628 §3.3. A GET only shows, whatever its address says. */
@Path("/device")
public final class VerificationResource {
    private static final String START = "/device";
    /** A neighbour's pages are as foreign as a stranger's: they too could spend a person's guesses. */
    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

    private final VerificationSteps steps;
    private final PageRequests requests;

    VerificationResource(VerificationSteps steps, PageRequests requests) {
        this.steps = steps;
        this.requests = requests;
    }

    @GET
    public Uni<Response> start(@Context HttpServerRequest http) {
        // Fetch Metadata: a camera or a typed address says "none", our own redirect "same-origin", and browsers of old
        // nothing.
        boolean linked = FOREIGN.contains(Objects.requireNonNullElse(http.getHeader("Sec-Fetch-Site"), ""));
        return requests.get(http, START, visitor -> steps.start(visitor, http.getParam("user_code", ""), linked));
    }

    @POST
    public Uni<Response> enterCode(@Context HttpServerRequest http, byte[] body) {
        return requests.post(http, body, START, steps::enterCode);
    }

    @POST
    @Path("/sign-in")
    public Uni<Response> signIn(@Context HttpServerRequest http, byte[] body) {
        return requests.post(http, body, START, steps::signIn);
    }

    @POST
    @Path("/decision")
    public Uni<Response> decide(@Context HttpServerRequest http, byte[] body) {
        return requests.post(http, body, START, steps::decide);
    }

    @POST
    @Path("/sign-out")
    public Uni<Response> signOut(@Context HttpServerRequest http, byte[] body) {
        return requests.post(http, body, START, steps::signOut);
    }

    /** Whoever opens the address of a form again, from the history for example. */
    @GET
    @Path("/sign-in")
    public Response signInAgain() {
        return steps.restart();
    }

    @GET
    @Path("/decision")
    public Response decideAgain() {
        return steps.restart();
    }

    @GET
    @Path("/sign-out")
    public Response signOutAgain() {
        return steps.restart();
    }
}
