package io.jeton.protocol;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request is refused: becomes the error document of RFC 6749 §5.2. */
public final class OAuthException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable Duration retryAfter;

    /**
     * @param description a fixed sentence for the developer of the client, in the characters RFC 6749 §5.2 allows;
     *     never holds user input or an internal detail
     */
    public OAuthException(ErrorCode code, String description) {
        this(code, description, null);
    }

    private OAuthException(ErrorCode code, String description, @Nullable Duration retryAfter) {
        // A refusal is an answer, not a fault: nobody reads its stack trace, and it would cost more than the answer.
        super(description, null, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** The same refusal, which will not last. */
    public OAuthException retryAfter(Duration wait) {
        return new OAuthException(code, description(), wait);
    }

    /** When to come again ({@code Retry-After}, RFC 9110 §10.2.3), where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public ErrorCode code() {
        return code;
    }

    /** The sentence for {@code error_description}. */
    public String description() {
        return String.valueOf(getMessage());
    }

    /** Short for the most frequent refusal: the request itself is malformed. */
    public static OAuthException invalidRequest(String description) {
        return new OAuthException(ErrorCode.INVALID_REQUEST, description);
    }
}
