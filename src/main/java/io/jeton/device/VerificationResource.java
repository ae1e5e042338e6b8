package io.jeton.device;

import io.jeton.http.RequestTimeout;
import io.jeton.protocol.FormParameters;
import io.jeton.user.FormGuard;
import io.jeton.user.Visitor;
import io.jeton.user.Visitors;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** The verification page: RFC 8628 §3.3. A GET only shows, whatever its address says. */
@Path("/device")
public final class VerificationResource {
    private final VerificationSteps steps;
    private final PageFailures failures;
    private final Visitors visitors;
    private final FormGuard guard;
    private final RequestTimeout timeout;

    VerificationResource(
            VerificationSteps steps,
            PageFailures failures,
            Visitors visitors,
            FormGuard guard,
            RequestTimeout timeout) {
        this.steps = steps;
        this.failures = failures;
        this.visitors = visitors;
        this.guard = guard;
        this.timeout = timeout;
    }

    @GET
    public Uni<Response> start(@Context HttpServerRequest http) {
        // Fetch Metadata: a camera or a typed address says "none", our own redirect "same-origin".
        boolean linked = "cross-site".equals(http.getHeader("Sec-Fetch-Site"));
        return answer(() -> visitors.recognise(http)
                .chain(visitor -> steps.start(visitor, http.getParam("user_code", ""), linked)));
    }

    @POST
    public Uni<Response> enterCode(@Context HttpServerRequest http, byte[] body) {
        return answer(http, body, steps::enterCode);
    }

    @POST
    @Path("/sign-in")
    public Uni<Response> signIn(@Context HttpServerRequest http, byte[] body) {
        return answer(http, body, steps::signIn);
    }

    @POST
    @Path("/decision")
    public Uni<Response> decide(@Context HttpServerRequest http, byte[] body) {
        return answer(http, body, steps::decide);
    }

    @POST
    @Path("/sign-out")
    public Uni<Response> signOut(@Context HttpServerRequest http, byte[] body) {
        return answer(http, body, steps::signOut);
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

    private Uni<Response> answer(
            HttpServerRequest http, byte[] body, BiFunction<Visitor, FormParameters, Uni<Response>> step) {
        return answer(() -> {
            FormParameters form = FormParameters.parse(http.getHeader(HttpHeaders.CONTENT_TYPE), body);
            guard.check(http, form);
            return visitors.recognise(http).chain(visitor -> step.apply(visitor, form));
        });
    }

    private Uni<Response> answer(Supplier<Uni<Response>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .plug(timeout::limit)
                .onFailure()
                .recoverWithUni(failures::page);
    }
}
