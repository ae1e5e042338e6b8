package io.jeton.token;

import io.jeton.database.DatabaseFailure;
import io.jeton.limit.LimitExceededException;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.OAuthException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Counts what the requests at the token endpoint come to, by grant type and by {@code error}. */
@ApplicationScoped
final class TokenMetrics {
    private final MeterRegistry meters;
    private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

    TokenMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Both have few values, whatever is sent. */
    private record Series(String grantType, String outcome) {}

    /** @param grantType one that is installed, or a word for all others */
    <T> Uni<T> counted(String grantType, Uni<T> answer) {
        return answer.onItemOrFailure().invoke((item, failure) -> counters.computeIfAbsent(
                        new Series(grantType, outcome(failure)), this::counter)
                .increment());
    }

    private Counter counter(Series series) {
        return Counter.builder("jeton.token.requests")
                .description("requests at the token endpoint, by what they came to")
                .tag("grant_type", series.grantType)
                .tag("outcome", series.outcome)
                .register(meters);
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "granted";
        } else if (failure instanceof OAuthException refusal) {
            return refusal.code().value();
        }
        if (failure instanceof LimitExceededException) {
            return ErrorCode.TOO_MANY_REQUESTS.value();
        }
        return failure instanceof TimeoutException || DatabaseFailure.isAway(failure)
                ? ErrorCode.TEMPORARILY_UNAVAILABLE.value()
                : ErrorCode.SERVER_ERROR.value();
    }
}
