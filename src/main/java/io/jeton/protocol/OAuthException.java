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
    private final @Nullable String client;
    private final @Nullable Duration retryAfter;

    /**
     * @param description a fixed sentence for the developer of the client, in the characters RFC 6749 §5.2 allows;
     *     never holds user input or an internal detail
     */
    public OAuthException(ErrorCode code, String description) {
        this(code, description, null, null);
    }

    private OAuthException(ErrorCode code, String description, @Nullable String client, @Nullable Duration retryAfter) {
        // A refusal is an answer, not a fault: nobody reads its stack trace, and it would cost more than the answer.
        super(description, null, false, false);
        this.code = code;
        this.client = client;
        this.retryAfter = retryAfter;
    }

    /** The same refusal, which will not last. */
    public OAuthException retryAfter(Duration wait) {
        return new OAuthException(code, description(), client, wait);
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

    /** The same, told of a registered client: who looks into the trail wants to know which. */
    public OAuthException of(String clientId) {
        return new OAuthException(code, description(), clientId, retryAfter);
    }

    /** The registered client that was refused, where there is one; never goes into the answer. */
    public Optional<String> client() {
        return Optional.ofNullable(client);
    }

    /** Short for the most frequent refusal: the request itself is malformed. */
    public static OAuthException invalidRequest(String description) {
        return new OAuthException(ErrorCode.INVALID_REQUEST, description);
    }
}
