package io.jeton.crypto;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/** The only source of randomness. */
@ApplicationScoped
public final class Randomness {
    private final SecureRandom random = new SecureRandom();

    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A row key: 128 random bits, without the six that a version 4 UUID gives away. */
    public UUID id() {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(16));
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** A number from 0 to {@code bound} - 1, each equally likely. */
    public int below(int bound) {
        return random.nextInt(bound);
    }
}
