package io.jeton.device;

import io.jeton.http.ClientNetwork;
import io.jeton.http.RemoteAddress;
import io.jeton.http.RequestTimeout;
import io.jeton.limit.Limit;
import io.jeton.limit.Limits;
import io.jeton.protocol.FormParameters;
import io.jeton.user.FormGuard;
import io.jeton.user.Visitor;
import io.jeton.user.Visitors;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** What every request to a page goes through: who is it, is its form ours, and a page even where something fails. */
@ApplicationScoped
final class PageRequests {
    private final PageFailures failures;
    private final Visitors visitors;
    private final FormGuard guard;
    private final Limits limits;
    private final RemoteAddress remoteAddress;
    private final RequestTimeout timeout;

    PageRequests(
            PageFailures failures,
            Visitors visitors,
            FormGuard guard,
            Limits limits,
            RemoteAddress remoteAddress,
            RequestTimeout timeout) {
        this.limits = limits;
        this.remoteAddress = remoteAddress;
        this.failures = failures;
        this.visitors = visitors;
        this.guard = guard;
        this.timeout = timeout;
    }

    /**
     * A person looks.
     *
     * @param start where a person may start again if it fails, below the issuer's path
     */
    Uni<Response> get(HttpServerRequest http, String start, Function<Visitor, Uni<Response>> page) {
        return answer(start, () -> visitors.recognise(http).chain(page::apply));
    }

    /** A person sends a form. */
    Uni<Response> post(
            HttpServerRequest http,
            byte[] body,
            String start,
            BiFunction<Visitor, FormParameters, Uni<Response>> step) {
        return answer(start, () -> {
            FormParameters form = FormParameters.parse(http.getHeader(HttpHeaders.CONTENT_TYPE), body);
            guard.check(http, form);
            limits.take(Limit.FORMS_PER_ADDRESS, ClientNetwork.of(remoteAddress.of(http)));
            return visitors.recognise(http)
                    .invoke(visitor -> visitor.session()
                            .ifPresent(session -> limits.take(
                                    Limit.FORMS_PER_ACCOUNT,
                                    session.account().id().toString())))
                    .chain(visitor -> step.apply(visitor, form));
        });
    }

    private Uni<Response> answer(String start, Supplier<Uni<Response>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .plug(timeout::limit)
                .onFailure()
                .recoverWithUni(failure -> failures.page(failure, start));
    }
}
