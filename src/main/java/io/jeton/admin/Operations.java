package io.jeton.admin;

import io.jeton.http.RequestTimeout;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/** What every request to the admin API passes, whatever it is about: nothing is looked at before its operator is known. */
@ApplicationScoped
final class Operations {
    private static final byte[] NO_BODY = {};

    private final Operators operators;
    private final RequestTimeout timeout;

    Operations(Operators operators, RequestTimeout timeout) {
        this.operators = operators;
        this.timeout = timeout;
    }

    /** Something that changes nothing. */
    Uni<Response> read(HttpServerRequest http, Function<Operation, Uni<Response>> work) {
        return run(http, NO_BODY, Access.READ, work);
    }

    /** Something that changes something, with nothing in its body. */
    Uni<Response> change(HttpServerRequest http, Function<Operation, Uni<Response>> work) {
        return change(http, NO_BODY, work);
    }

    /** Something that changes something. */
    Uni<Response> change(HttpServerRequest http, byte[] body, Function<Operation, Uni<Response>> work) {
        return run(http, body, Access.CHANGE, work);
    }

    private Uni<Response> run(
            HttpServerRequest http, byte[] body, Access access, Function<Operation, Uni<Response>> work) {
        return operators
                .authenticate(http, access)
                .chain(operator -> work.apply(new Operation(operator, http, body)))
                .plug(timeout::limit);
    }
}
