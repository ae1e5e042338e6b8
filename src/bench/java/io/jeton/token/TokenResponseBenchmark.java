package io.jeton.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The answer to a refresh, rendered. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenResponseBenchmark {
    private final ObjectMapper json = new ObjectMapper();
    private final TokenResponse response = new TokenResponse(
            "x".repeat(480), "Bearer", 3600, "telemetry:write", "jrt_" + "x".repeat(50), 7_776_000L, null);

    @Benchmark
    public byte[] render() throws JsonProcessingException {
        return json.writeValueAsBytes(response);
    }
}
