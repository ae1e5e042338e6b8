package io.jeton.token;

import java.time.Duration;
import java.time.Instant;

/** When a token begins and ends: {@code iat}, {@code exp} and {@code expires_in} all say this (RFC 9068 §2.2, RFC 6749 §5.1). */
record Validity(Instant from, Duration life) {
    long issuedAt() {
        return from.getEpochSecond();
    }

    long expiresAt() {
        return from.plus(life).getEpochSecond();
    }
}
