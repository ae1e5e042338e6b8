package io.jeton.device;

import io.vertx.mutiny.sqlclient.Row;
import java.util.Optional;

/**
 * What a poll found: the state before it.
 *
 * @param early whether the poll came before its interval; never for the first one, nor once it is decided
 */
record PolledAuthorization(
        State state, boolean expired, boolean early, Optional<String> codeChallenge, Optional<String> keyThumbprint) {
    enum State {
        PENDING,
        APPROVED,
        DENIED,
        CONSUMED
    }

    static PolledAuthorization of(Row row) {
        return new PolledAuthorization(
                State.valueOf(row.getString("state")),
                row.getBoolean("expired"),
                row.getBoolean("early"),
                Optional.ofNullable(row.getString("code_challenge")),
                Optional.ofNullable(row.getString("key_thumbprint")));
    }

    /** The answer: RFC 8628 §3.5. */
    PollResult result() {
        return switch (state) {
            case PENDING -> expired ? PollResult.EXPIRED : early ? PollResult.SLOW_DOWN : PollResult.PENDING;
            case DENIED -> PollResult.DENIED;
            case APPROVED -> expired ? PollResult.EXPIRED : PollResult.REDEEMABLE;
            case CONSUMED -> PollResult.REDEEMED;
        };
    }
}
