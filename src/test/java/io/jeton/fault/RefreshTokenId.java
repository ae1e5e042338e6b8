package io.jeton.fault;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** What a refresh token names: the row is bytes 1 to 16 of what follows its prefix, the generation bytes 17 to 20. */
final class RefreshTokenId {
    private RefreshTokenId() {}

    static UUID of(String refreshToken) {
        return new UUID(bytes(refreshToken).getLong(1), bytes(refreshToken).getLong(9));
    }

    static int generation(String refreshToken) {
        return bytes(refreshToken).getInt(17);
    }

    private static ByteBuffer bytes(String refreshToken) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(refreshToken.substring("jrt_".length())));
    }
}
