package io.jeton.keys;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.crypto.KeyEncryption;
import io.jeton.crypto.Randomness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An access token signed, by our own hand and by the library that it was measured against. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SigningBenchmark {
    @Param({"ES256", "EDDSA", "RS256"})
    public KeyAlgorithm algorithm;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Object> claims = claims();
    private SoftwareSigner signer;

    @Setup
    public void key() {
        Randomness randomness = new Randomness();
        KeyEncryption encryption = new KeyEncryption(randomness, randomness.bytes(32), List.of());
        NewKey key = NewKey.generate(algorithm, randomness, encryption);
        String context = StoredKey.context(Custody.DATABASE, key.kid(), algorithm, key.publicJwk());
        signer = SoftwareSigner.of(key.kid(), algorithm, encryption.open(key.sealedSecret(), context));
    }

    @Benchmark
    public String accessToken() {
        return CompactJws.sign(json, "at+jwt", claims, algorithm, signer);
    }

    @Benchmark
    public String accessTokenByJose4j() throws JoseException {
        JwtClaims copy = new JwtClaims();
        claims.forEach(copy::setClaim);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(copy.toJson());
        signature.setHeader("typ", "at+jwt");
        signature.setKeyIdHeaderValue(signer.kid());
        signature.setAlgorithmHeaderValue(algorithm.value());
        signature.setKey(signer.key());
        return signature.getCompactSerialization();
    }

    /** RFC 9068's, as the service writes them. */
    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://id.example.com");
        claims.put("sub", "AAAAAAAAAAAAAAAAAAAAAA");
        claims.put("aud", "https://api.example.com");
        claims.put("client_id", "thermometer");
        claims.put("jti", "BBBBBBBBBBBBBBBBBBBBBB");
        claims.put("iat", 1_700_000_000L);
        claims.put("exp", 1_700_003_600L);
        claims.put("scope", "telemetry:write");
        claims.put("device_id", "CCCCCCCCCCCCCCCCCCCCCC");
        return claims;
    }
}
