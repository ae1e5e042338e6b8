package io.jeton.protocol;

import java.io.Serial;

/** A request is refused: becomes the error document of RFC 6749 §5.2. */
public final class OAuthException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * @param description a fixed sentence for the developer of the client, in the characters RFC 6749 §5.2 allows;
     *     never holds user input or an internal detail
     */
    public OAuthException(ErrorCode code, String description) {
        // A refusal is an answer, not a fault: nobody reads its stack trace, and it would cost more than the answer.
        super(description, null, false, false);
        this.code = code;
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
