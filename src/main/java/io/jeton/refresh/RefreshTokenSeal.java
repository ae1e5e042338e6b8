package io.jeton.refresh;

import io.jeton.crypto.MacKeys;
import io.jeton.crypto.TokenSeal;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/** The refresh token as its holder has it (RFC 6749 §1.5): which row it is of, and which of its chain, told in memory. */
// Not @ApplicationScoped: no refresh has to pass a proxy for it.
@Singleton
public final class RefreshTokenSeal {
    private static final String PREFIX = "jrt_";
    private static final TokenSeal SEAL = TokenSeal.ofGeneration(PREFIX);

    private final Supplier<MacKeys> macKeys;

    RefreshTokenSeal(Supplier<MacKeys> macKeys) {
        this.macKeys = macKeys;
    }

    /** Whether a token is of this kind, genuine or not. */
    public static boolean isRefreshToken(String token) {
        return token.startsWith(PREFIX);
    }

    /** What a token says, or nothing where we did not seal it. */
    Optional<TokenSeal.Content> open(String token) {
        return SEAL.open(macKeys.get(), token);
    }

    /** The newest token of a row. */
    String seal(RefreshTokenRow row) {
        return SEAL.seal(macKeys.get().active(), row.id(), row.generation());
    }
}
