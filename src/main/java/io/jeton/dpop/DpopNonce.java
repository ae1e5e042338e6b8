package io.jeton.dpop;

import io.jeton.crypto.MacKey;
import io.jeton.crypto.MacKeys;
import io.jeton.protocol.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;

/** Nonces that no replica remembers: the time they were made, and a MAC over it (RFC 9449 §8). */
@ApplicationScoped
final class DpopNonce {
    private static final int TAG_BYTES = 16;

    private final Supplier<MacKeys> macKeys;
    private final DpopConfig config;
    private final Clock clock;

    DpopNonce(Supplier<MacKeys> macKeys, DpopConfig config, Clock clock) {
        this.macKeys = macKeys;
        this.config = config;
        this.clock = clock;
    }

    String issue() {
        byte[] time = ByteBuffer.allocate(Long.BYTES)
                .putLong(clock.instant().getEpochSecond())
                .array();
        return Identifier.of(ByteBuffer.allocate(Long.BYTES + TAG_BYTES)
                .put(time)
                .put(tag(macKeys.get().active(), time))
                .array());
    }

    /** Whether we made the nonce, a short while ago. */
    boolean isGood(String nonce) {
        byte[] bytes = decode(nonce);
        if (bytes.length != Long.BYTES + TAG_BYTES) {
            return false;
        }
        byte[] time = Arrays.copyOf(bytes, Long.BYTES);
        byte[] presented = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
        boolean ours = macKeys.get().all().stream().anyMatch(key -> MessageDigest.isEqual(tag(key, time), presented));
        return ours
                && clock.instant()
                        .isBefore(Instant.ofEpochSecond(ByteBuffer.wrap(time).getLong())
                                .plus(config.nonceLifetime()));
    }

    private static byte[] tag(MacKey key, byte[] time) {
        return Arrays.copyOf(key.tag("dpop nonce", time), TAG_BYTES);
    }

    private static byte[] decode(String nonce) {
        try {
            return Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
