package io.jeton.admin;

import io.jeton.http.RequestTimeout;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What every request to the admin API passes, whatever it is about: nothing is looked at before its operator is known. */
@ApplicationScoped
final class Operations {
    private static final byte[] NO_BODY = {};
    private static final Duration LONGEST_UPLOAD = Duration.ofMinutes(2);

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

    /**
     * Something that changes something, with a large body: it is read once its sender is known and has asked for what can be
     * done, and takes the time it takes.
     *
     * @param asked reads what the request says before its body
     */
    <T> Uni<Response> upload(
            HttpServerRequest http,
            int mostBytes,
            Function<Operation, T> asked,
            BiFunction<T, byte[], Uni<Response>> work) {
        http.pause();
        return operators
                .authenticate(http, Access.CHANGE)
                .map(operator -> asked.apply(new Operation(operator, http, NO_BODY)))
                .plug(timeout::limit)
                .onFailure()
                .invoke(() -> Upload.drop(http))
                .chain(order -> Upload.read(http, mostBytes).chain(body -> work.apply(order, body)))
                .ifNoItem()
                .after(LONGEST_UPLOAD)
                .failWith(TimeoutException::new);
    }

    private Uni<Response> run(
            HttpServerRequest http, byte[] body, Access access, Function<Operation, Uni<Response>> work) {
        return operators
                .authenticate(http, access)
                .chain(operator -> work.apply(new Operation(operator, http, body)))
                .plug(timeout::limit);
    }
}
