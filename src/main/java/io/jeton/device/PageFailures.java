package io.jeton.device;

import io.jeton.database.DatabaseFailure;
import io.jeton.limit.LimitExceededException;
import io.jeton.protocol.OAuthException;
import io.jeton.user.ForgedFormException;
import io.jeton.user.GuessesExhaustedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/** What a person reads when something went wrong: a sentence and a way on, never an error document. */
@ApplicationScoped
final class PageFailures {
    private static final Logger LOG = Logger.getLogger(PageFailures.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String START_AGAIN = "Start again";

    private final Pages pages;

    PageFailures(Pages pages) {
        this.pages = pages;
    }

    /** @param start where a person may start again, below the issuer's path */
    Uni<Response> page(Throwable failure, String start) {
        if (failure instanceof GuessesExhaustedException exhausted) {
            return later(429, exhausted.retryAfter(), tooManyGuesses(exhausted.retryAfter(), start));
        }
        if (failure instanceof LimitExceededException exceeded) {
            return later(
                    429,
                    exceeded.retryAfter(),
                    problem(start, "One moment, please", "That was a lot at once. Try again in a few seconds."));
        }
        if (failure instanceof ForgedFormException) {
            return now(
                    start,
                    403,
                    "This page is out of date",
                    "Nothing was changed. Start again, and allow cookies for this site if your browser asks.");
        }
        if (failure instanceof OAuthException) {
            return now(start, 400, "That did not arrive intact", "Nothing was changed.");
        }
        if (DatabaseFailure.isAway(failure) || failure instanceof RejectedExecutionException) {
            LOG.warnf("a page cannot be served now: %s", failure.toString());
            return later(
                    503,
                    RETRY_AFTER,
                    problem(
                            start,
                            "One moment, please",
                            "The service cannot answer right now. Try"
                                    + " again in a few seconds; the code on your device stays valid."));
        }
        LOG.error("a page failed", failure);
        return now(start, 500, "Something went wrong on our side", "Nothing was changed. Try again in a while.");
    }

    private Uni<Response> now(String start, int status, String title, String text) {
        return pages.notice(status, problem(start, title, text)).map(Response.ResponseBuilder::build);
    }

    private Uni<Response> later(int status, Duration retryAfter, Notice notice) {
        return pages.notice(status, notice)
                .map(response -> response.header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()))
                        .build());
    }

    private static Notice tooManyGuesses(Duration retryAfter, String start) {
        long minutes = Math.max(1, (retryAfter.toSeconds() + 59) / 60);
        return problem(
                start,
                "Too many wrong attempts",
                "To keep everybody's devices safe, this page takes a break. Try again in "
                        + (minutes == 1 ? "a minute." : minutes + " minutes."));
    }

    private static Notice problem(String start, String title, String text) {
        return new Notice("problem", title, text, List.of(new Notice.Link(start, START_AGAIN)));
    }
}
