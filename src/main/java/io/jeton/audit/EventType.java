package io.jeton.audit;

import java.util.Arrays;
import java.util.Optional;

/** What a security review will ask about. */
public enum EventType {
    DEVICE_APPROVED("device.approved"),
    DEVICE_DENIED("device.denied"),
    /** A device was seen for the first time. */
    DEVICE_ENROLLED("device.enrolled"),
    DEVICE_REVOKED("device.revoked"),
    DEVICE_SUSPENDED("device.suspended"),
    DEVICE_RESUMED("device.resumed"),
    /** For good: its grant has ended, and it never comes back. */
    DEVICE_RETIRED("device.retired"),
    DEVICE_RENAMED("device.renamed"),
    /** A device code came a second time: somebody has a copy of it. What it gave is revoked. */
    DEVICE_CODE_REPLAY("device_code.replay", true),
    /** Tokens for a device code or for a device's assertion; refreshes are not told. */
    TOKEN_ISSUED("token.issued"),
    /** A refresh token came that was used before: somebody has a copy of it. It is revoked. */
    REFRESH_TOKEN_REUSE("refresh_token.reuse"),
    /** A refresh token came that is newer than its row: a backup was restored. */
    REFRESH_TOKEN_AHEAD("refresh_token.ahead"),
    /** A refresh token came without the key it is bound to: somebody has a copy of it, which is worth nothing. */
    REFRESH_TOKEN_WITHOUT_KEY("refresh_token.without_key", true),
    /** One access token, by its {@code jti}, was taken back, and nothing else. */
    ACCESS_TOKEN_REVOKED("access_token.revoked"),
    SIGN_IN_SUCCEEDED("sign_in.succeeded"),
    SIGN_IN_FAILED("sign_in.failed", true),
    SIGN_OUT("sign_out"),
    CLIENT_AUTHENTICATION_FAILED("client_authentication.failed", true),
    /** Whoever signed is not the enrolled device he says, or it may not act, or he sent what was sent before. */
    DEVICE_ASSERTION_REFUSED("device_assertion.refused", true),
    /** A DPoP proof is malformed, for something else, or was sent before. */
    DPOP_PROOF_REFUSED("dpop_proof.refused", true),
    /** Somebody asked the admin API without a token that does, or for what it does not reach. */
    ADMIN_REFUSED("admin.refused", true),
    /** Too many wrong guesses: further ones are not looked at. */
    GUESS_EXHAUSTED("guess.exhausted", true),
    KEY_PUBLISHED("key.published"),
    KEY_ACTIVATED("key.activated"),
    KEY_RETIRED("key.retired"),
    KEY_DELETED("key.deleted"),
    /** What former key-encryption keys had sealed is sealed under the present one. */
    ENCRYPTION_KEY_REWRAPPED("encryption_key.rewrapped"),
    CLIENT_CHANGED("client.changed"),
    ACCOUNT_CHANGED("account.changed"),
    BULK_REVOCATION_STARTED("bulk_revocation.started"),
    BULK_REVOCATION_PAUSED("bulk_revocation.paused"),
    BULK_REVOCATION_RESUMED("bulk_revocation.resumed"),
    BULK_REVOCATION_CANCELLED("bulk_revocation.cancelled"),
    BULK_REVOCATION_FINISHED("bulk_revocation.finished"),
    /** A webhook's receiver was not reached, or refused what it was sent, and is not asked again. */
    WEBHOOK_FAILED("webhook.failed");

    private final String value;
    private final boolean unbounded;

    EventType(String value) {
        this(value, false);
    }

    EventType(String value, boolean unbounded) {
        this.value = value;
        this.unbounded = unbounded;
    }

    /** The name in the table, in the log and on the wire. */
    public String value() {
        return value;
    }

    /** Whether anybody can make it happen, as often as he likes. */
    public boolean isUnbounded() {
        return unbounded;
    }

    public static Optional<EventType> of(String value) {
        return Arrays.stream(values()).filter(type -> type.value.equals(value)).findFirst();
    }
}
