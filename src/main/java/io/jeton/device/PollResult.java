package io.jeton.device;

/** What a poll comes to: RFC 8628 §3.5. */
enum PollResult {
    PENDING,
    SLOW_DOWN,
    EXPIRED,
    DENIED,
    /** Approved, and nobody has fetched the tokens yet. */
    REDEEMABLE,
    /** Somebody has fetched the tokens. */
    REDEEMED
}
