package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** A verifier that believes {@code max-age}: it reads the key set from some replica, and not again before that is over. */
final class CachingVerifier {
    private static final Pattern MAX_AGE = Pattern.compile("max-age=(\\d+)");
    private static final AlgorithmConstraints ALGORITHMS =
            new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, "ES256", "RS256", "EdDSA");

    private final Replicas replicas;
    private final AtomicInteger verified = new AtomicInteger();
    private JsonWebKeySet keys = new JsonWebKeySet();
    private long staleAt = System.nanoTime();

    CachingVerifier(Replicas replicas) {
        this.replicas = replicas;
    }

    int verified() {
        return verified.get();
    }

    /** Fails where the token's key is unknown, or the signature is bad. */
    void verify(String token) {
        try {
            JsonWebSignature signed = new JsonWebSignature();
            signed.setAlgorithmConstraints(ALGORITHMS);
            signed.setCompactSerialization(token);
            String kid = signed.getKeyIdHeaderValue();
            JsonWebKey key = keys().findJsonWebKey(kid, null, null, null);
            assertTrue(key != null, () -> "unknown kid " + kid);
            signed.setKey(key.getKey());
            assertTrue(signed.verifySignature(), () -> "bad signature, kid " + kid);
            verified.incrementAndGet();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized JsonWebKeySet keys() throws JoseException {
        if (System.nanoTime() - staleAt >= 0) {
            HttpResponse<String> answer = read();
            Matcher maxAge =
                    MAX_AGE.matcher(answer.headers().firstValue("Cache-Control").orElse(""));
            assertTrue(maxAge.find(), "how long may it be cached?");
            keys = new JsonWebKeySet(answer.body());
            staleAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(maxAge.group(1)));
        }
        return keys;
    }

    private HttpResponse<String> read() {
        for (int port :
                List.of(replicas.any(), replicas.get(0).port(), replicas.get(1).port())) {
            try {
                return Wire.get(port, "/jwks");
            } catch (IOException e) {
                // Killed: the other one is there.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        throw new AssertionError("nobody serves the key set");
    }
}
