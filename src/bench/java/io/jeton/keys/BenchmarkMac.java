package io.jeton.keys;

import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.MacKey;
import io.jeton.crypto.Randomness;
import io.jeton.crypto.TokenSeal;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Seals refresh tokens as the service does, with the secret out of its database: a fleet that nobody has to approve. */
public final class BenchmarkMac {
    private static final TokenSeal SEAL = TokenSeal.ofGeneration("jrt_");

    private final MacKey key;

    private BenchmarkMac(MacKey key) {
        this.key = key;
    }

    /** The row of the MAC secret that is in force. */
    public record Sealed(String kid, int version, String hex) {}

    public static BenchmarkMac of(Sealed sealed, byte[] keyEncryptionKey) {
        byte[] secret = new KeyEncryption(new Randomness(), keyEncryptionKey, List.of())
                .open(
                        HexFormat.of().parseHex(sealed.hex()),
                        StoredKey.context(Custody.DATABASE, sealed.kid(), KeyAlgorithm.HMAC, null));
        return new BenchmarkMac(new MacKey(sealed.version(), secret));
    }

    public String refreshToken(UUID row, int generation) {
        return SEAL.seal(key, row, generation);
    }
}
