package io.jeton.crypto;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A refresh token opened and sealed, a forged one refused, a client secret verified. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenSealBenchmark {
    private static final TokenSeal SEAL = TokenSeal.ofGeneration("jrt_");

    private final Randomness randomness = new Randomness();
    private final MacKey key = new MacKey(1, randomness.bytes(32));
    private final MacKeys keys = new MacKeys(key, List.of(key));
    private final UUID row = randomness.id();
    private final String token = SEAL.seal(key, row, 7);
    private final String forged = SEAL.seal(new MacKey(1, randomness.bytes(32)), row, 7);
    private final String secret = "0123456789-0123456789-0123456789";
    private final String secretHash = SecretHash.of(secret);

    @Benchmark
    public String seal() {
        return SEAL.seal(key, row, 8);
    }

    @Benchmark
    public Optional<TokenSeal.Content> open() {
        return SEAL.open(keys, token);
    }

    @Benchmark
    public Optional<TokenSeal.Content> openForged() {
        return SEAL.open(keys, forged);
    }

    @Benchmark
    public boolean verifyClientSecret() {
        return SecretHash.matches(secretHash, secret);
    }
}
