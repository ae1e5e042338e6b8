package io.jeton.fault;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** The row that a refresh token names: bytes 1 to 16 of what follows its prefix. */
final class RefreshTokenId {
    private RefreshTokenId() {}

    static UUID of(String refreshToken) {
        ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(refreshToken.substring("jrt_".length())));
        return new UUID(token.getLong(1), token.getLong(9));
    }
}
