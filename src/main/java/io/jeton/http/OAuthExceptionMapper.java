package io.jeton.http;

import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.database.DatabaseFailure;
import io.jeton.limit.Limit;
import io.jeton.limit.LimitExceededException;
import io.jeton.limit.Limits;
import io.jeton.protocol.ChallengeException;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.OAuthException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure into the error document of RFC 6749 §5.2. The only place where errors get their shape. */
public final class OAuthExceptionMapper {
    private static final Logger LOG = Logger.getLogger(OAuthExceptionMapper.class);
    private static final int RETRY_AFTER_LEAST = 3;
    private static final int RETRY_AFTER_MOST = 7;

    /** What a device hears that does everything right. */
    private static final Set<ErrorCode> WAITING = EnumSet.of(
            ErrorCode.AUTHORIZATION_PENDING,
            ErrorCode.SLOW_DOWN,
            ErrorCode.ACCESS_DENIED,
            ErrorCode.EXPIRED_TOKEN,
            ErrorCode.USE_DPOP_NONCE,
            ErrorCode.TEMPORARILY_UNAVAILABLE,
            ErrorCode.TOO_MANY_REQUESTS);

    private final Event<AuditEvent> audit;
    private final Limits limits;
    private final RemoteAddress remoteAddress;

    OAuthExceptionMapper(Event<AuditEvent> audit, Limits limits, RemoteAddress remoteAddress) {
        this.audit = audit;
        this.limits = limits;
        this.remoteAddress = remoteAddress;
    }

    @ServerExceptionMapper
    public Response refused(OAuthException refusal, HttpServerRequest http) {
        try {
            if (!WAITING.contains(refusal.code())) {
                limits.take(Limit.FAILURES_PER_ADDRESS, ClientNetwork.of(remoteAddress.of(http)));
            }
        } catch (LimitExceededException exceeded) {
            // What went wrong is no longer said, nor written down.
            return limited(exceeded);
        }
        if (refusal.code() == ErrorCode.INVALID_CLIENT) {
            // Here, where every endpoint's refusals pass: none can forget it.
            AuditEvent failed = AuditEvent.refused(EventType.CLIENT_AUTHENTICATION_FAILED)
                    .withFrom(remoteAddress.of(http))
                    .withReason(refusal.description());
            audit.fire(refusal.client()
                    .map(client -> failed.withActor(Actor.client(client)).withClient(client))
                    .orElse(failed));
        }
        return answer(refusal);
    }

    private static Response answer(OAuthException refusal) {
        Response.ResponseBuilder response = document(
                refusal.code().status(), new ErrorDocument(refusal.code().value(), refusal.description()));
        if (refusal.code() == ErrorCode.INVALID_CLIENT) {
            // RFC 6749 §5.2, RFC 9110 §15.5.2: a 401 names the scheme that would do.
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"jeton\", charset=\"UTF-8\"");
        } else if (refusal.code() == ErrorCode.TEMPORARILY_UNAVAILABLE) {
            // Each at another second: a herd that is turned away at once shall not come back at once.
            response.header(
                    HttpHeaders.RETRY_AFTER,
                    ThreadLocalRandom.current().nextInt(RETRY_AFTER_LEAST, RETRY_AFTER_MOST + 1));
        }
        refusal.retryAfter().ifPresent(wait -> response.header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
        return response.build();
    }

    /** RFC 6585 §4. */
    @ServerExceptionMapper
    public Response limited(LimitExceededException refusal) {
        return answer(new OAuthException(ErrorCode.TOO_MANY_REQUESTS, "there were too many requests: try again later")
                .retryAfter(refusal.retryAfter()));
    }

    /** A fleet whose tokens have ended must hear so, however large it is behind one address; a guess is a failure like any. */
    @ServerExceptionMapper
    public Response challenged(ChallengeException refusal, HttpServerRequest http) {
        if (!refusal.isOfEndedToken() && !WAITING.contains(refusal.code())) {
            try {
                limits.take(Limit.FAILURES_PER_ADDRESS, ClientNetwork.of(remoteAddress.of(http)));
            } catch (LimitExceededException exceeded) {
                return limited(exceeded);
            }
        }
        return document(refusal.status(), new ErrorDocument(refusal.code().value(), refusal.description()))
                .header(HttpHeaders.WWW_AUTHENTICATE, refusal.challenge())
                .build();
    }

    /** What the HTTP layer refuses by itself: an unknown path, a wrong method. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException refusal, HttpServerRequest http) {
        int status = refusal.getResponse().getStatus();
        if (status >= 500 && status != 501) {
            return failed(refusal, http);
        }
        String description =
                switch (status) {
                    case 404 -> "there is nothing at this path";
                    case 405 -> "this method is not allowed here";
                    case 406 -> "what is here has no form that the request accepts";
                    case 413 -> "the request is too large";
                    case 501 -> "this is not implemented here";
                    default -> "the request is malformed";
                };
        return document(status, new ErrorDocument(ErrorCode.INVALID_REQUEST.value(), description))
                .build();
    }

    @ServerExceptionMapper
    public Response failed(Throwable failure, HttpServerRequest http) {
        if (http.response().headWritten()) {
            // The server has refused a body without end by itself; there is nobody left to write a document to.
            return Response.status(http.response().getStatusCode()).build();
        }
        if (DatabaseFailure.isAway(failure)) {
            LOG.warnf("the database is away: %s", failure.toString());
            return answer(new OAuthException(
                    ErrorCode.TEMPORARILY_UNAVAILABLE, "the service cannot answer now: try again, unchanged"));
        }
        if (DatabaseFailure.isOurMistake(failure)) {
            LOG.error("a request failed: a parameter of a statement has the wrong type");
        } else {
            LOG.error("a request failed", failure);
        }
        return answer(new OAuthException(ErrorCode.SERVER_ERROR, "the service failed to answer this request"));
    }

    private static Response.ResponseBuilder document(int status, ErrorDocument document) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .entity(document);
    }
}
