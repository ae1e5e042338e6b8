package io.jeton.http;

import io.jeton.crypto.Randomness;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** Gives every request a name that stands in each line of the log which it causes. A trusted proxy may have named it. */
@ApplicationScoped
final class RequestId {
    static final String KEY = "request_id";

    private static final String HEADER = "X-Request-Id";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int BEFORE_EVERYTHING = 10_000;

    private final RemoteAddress remoteAddress;
    /** Of this run of this replica: a counter then makes it unique, and costs nothing. */
    private final String prefix;

    private final AtomicLong counter = new AtomicLong();

    RequestId(RemoteAddress remoteAddress, Randomness randomness) {
        this.remoteAddress = remoteAddress;
        this.prefix = HexFormat.of().formatHex(randomness.bytes(6));
    }

    void register(@Observes Filters filters) {
        filters.register(this::name, BEFORE_EVERYTHING);
    }

    private void name(RoutingContext routing) {
        MDC.put(KEY, given(routing.request()).orElseGet(this::next));
        routing.next();
    }

    private Optional<String> given(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HEADER))
                .filter(name -> NAME.matcher(name).matches())
                .filter(name -> remoteAddress.isProxied(request));
    }

    private String next() {
        return prefix + '-' + Long.toString(counter.incrementAndGet(), Character.MAX_RADIX);
    }
}
