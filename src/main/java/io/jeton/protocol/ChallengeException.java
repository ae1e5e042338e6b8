package io.jeton.protocol;

import java.io.Serial;

/** An access token is missing or does not do: RFC 6750 §3, RFC 9449 §7.1. Becomes a {@code WWW-Authenticate} challenge. */
public final class ChallengeException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String BEARER = "Bearer realm=\"jeton\"";
    /** What proofs may be signed with, so that a device need not try. */
    private static final String DPOP = "DPoP realm=\"jeton\", algs=\"ES256 EdDSA PS256 RS256\"";

    private final transient ErrorCode code;
    private final String challenge;
    private final boolean ended;

    private ChallengeException(ErrorCode code, String description, String challenge) {
        this(code, description, challenge, false);
    }

    private ChallengeException(ErrorCode code, String description, String challenge, boolean ended) {
        super(description, null, false, false);
        this.code = code;
        this.challenge = challenge;
        this.ended = ended;
    }

    /** RFC 6750 §3.1: who sends no credentials is told no error. */
    public static ChallengeException missing() {
        return new ChallengeException(ErrorCode.INVALID_TOKEN, "an access token is needed", BEARER + ", " + DPOP);
    }

    public static ChallengeException invalidToken(String description) {
        return of(BEARER, ErrorCode.INVALID_TOKEN, description, "");
    }

    /** The same of a token that is bound to a key, or was sent as if it were. */
    public static ChallengeException invalidBoundToken(String description) {
        return of(DPOP, ErrorCode.INVALID_TOKEN, description, "");
    }

    /** @param scope what would do */
    public static ChallengeException insufficientScope(String scope) {
        return of(
                BEARER,
                ErrorCode.INSUFFICIENT_SCOPE,
                "the token's scope does not reach here",
                ", scope=\"" + scope + "\"");
    }

    /** A refusal of the proof that came with a token. */
    public static ChallengeException ofProof(OAuthException refusal) {
        return of(DPOP, refusal.code(), refusal.description(), "");
    }

    private static ChallengeException of(String scheme, ErrorCode code, String description, String more) {
        return new ChallengeException(
                code,
                description,
                scheme + ", error=\"" + code.value() + "\", error_description=\"" + description + "\"" + more);
    }

    /** The same of a token that was good once. */
    public ChallengeException ofEndedToken() {
        return new ChallengeException(code, description(), challenge, true);
    }

    /** Whether this is what a device hears that does everything right: its token has ended, and it must refresh. */
    public boolean isOfEndedToken() {
        return ended;
    }

    public ErrorCode code() {
        return code;
    }

    /** 403 where another token of the same person would do, else 401. */
    public int status() {
        return code == ErrorCode.INSUFFICIENT_SCOPE ? 403 : 401;
    }

    public String description() {
        return String.valueOf(getMessage());
    }

    /** The value of {@code WWW-Authenticate}. */
    public String challenge() {
        return challenge;
    }
}
