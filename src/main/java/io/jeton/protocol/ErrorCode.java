package io.jeton.protocol;

/** The error codes of the endpoints and the HTTP status each is sent with: RFC 6749 §5.2, RFC 8628 §3.5. */
public enum ErrorCode {
    INVALID_REQUEST("invalid_request", 400),
    INVALID_CLIENT("invalid_client", 401),
    INVALID_GRANT("invalid_grant", 400),
    UNAUTHORIZED_CLIENT("unauthorized_client", 400),
    UNSUPPORTED_GRANT_TYPE("unsupported_grant_type", 400),
    INVALID_SCOPE("invalid_scope", 400),
    AUTHORIZATION_PENDING("authorization_pending", 400),
    SLOW_DOWN("slow_down", 400),
    ACCESS_DENIED("access_denied", 400),
    EXPIRED_TOKEN("expired_token", 400),
    /** RFC 9449 §5. */
    INVALID_DPOP_PROOF("invalid_dpop_proof", 400),
    /** RFC 9449 §8. */
    USE_DPOP_NONCE("use_dpop_nonce", 400),
    /** Of an access token at a resource: RFC 6750 §3.1. */
    INVALID_TOKEN("invalid_token", 401),
    INSUFFICIENT_SCOPE("insufficient_scope", 403),
    /** Ours to answer later: the device must keep its token. The word is RFC 6749 §4.1.2.1's. */
    TEMPORARILY_UNAVAILABLE("temporarily_unavailable", 503),
    SERVER_ERROR("server_error", 500);

    private final String value;
    private final int status;

    ErrorCode(String value, int status) {
        this.value = value;
        this.status = status;
    }

    /** The word on the wire. */
    public String value() {
        return value;
    }

    /** The HTTP status it is sent with. */
    public int status() {
        return status;
    }
}
