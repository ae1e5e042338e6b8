package io.jeton.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * One kind of opaque token: prefix, then base64url of key version (1 byte), row id (16), generation (4, where the kind
 * has one) and the HMAC-SHA-256 tag truncated to 16 bytes. A forged token is recognised in memory; the token itself is
 * stored nowhere.
 */
public final class TokenSeal {
    private static final int TAG_BYTES = 16;
    private static final int ID_BYTES = 16;
    private static final int VERSION_BYTES = 1;

    private final String prefix;
    private final int generationBytes;
    private final int encodedLength;

    private TokenSeal(String prefix, int generationBytes) {
        this.prefix = prefix;
        this.generationBytes = generationBytes;
        this.encodedLength = ((payloadBytes() + TAG_BYTES) * 4 + 2) / 3;
    }

    /** Tokens that name a row. */
    public static TokenSeal ofRow(String prefix) {
        return new TokenSeal(prefix, 0);
    }

    /** Tokens that name a row and which link of a chain they are. */
    public static TokenSeal ofGeneration(String prefix) {
        return new TokenSeal(prefix, Integer.BYTES);
    }

    /** What a genuine token says. */
    public record Content(UUID id, int generation) {}

    /** @param generation 0 where this kind has none */
    public String seal(MacKey key, UUID id, int generation) {
        ByteBuffer token = ByteBuffer.allocate(payloadBytes() + TAG_BYTES)
                .put((byte) key.version())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        if (generationBytes > 0) {
            token.putInt(generation);
        }
        byte[] payload = Arrays.copyOf(token.array(), payloadBytes());
        token.put(key.tag(prefix, payload), 0, TAG_BYTES);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** What the token says, or nothing where we did not seal it. */
    public Optional<Content> open(MacKeys keys, String token) {
        return decode(token).flatMap(bytes -> keys.byVersion(Byte.toUnsignedInt(bytes[0]))
                .filter(key -> isGenuine(key, bytes))
                .map(key -> content(bytes)));
    }

    private Optional<byte[]> decode(String token) {
        if (token.length() != prefix.length() + encodedLength || !token.startsWith(prefix)) {
            return Optional.empty();
        }
        String encoded = token.substring(prefix.length());
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(encoded);
            // One token has one spelling: the decoder would overlook the unused bits of the last character.
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(encoded)
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isGenuine(MacKey key, byte[] bytes) {
        byte[] expected = key.tag(prefix, Arrays.copyOf(bytes, payloadBytes()));
        return MessageDigest.isEqual(
                Arrays.copyOf(expected, TAG_BYTES), Arrays.copyOfRange(bytes, payloadBytes(), bytes.length));
    }

    private Content content(byte[] bytes) {
        ByteBuffer payload = ByteBuffer.wrap(bytes, VERSION_BYTES, payloadBytes() - VERSION_BYTES);
        UUID id = new UUID(payload.getLong(), payload.getLong());
        return new Content(id, generationBytes > 0 ? payload.getInt() : 0);
    }

    private int payloadBytes() {
        return VERSION_BYTES + ID_BYTES + generationBytes;
    }
}
