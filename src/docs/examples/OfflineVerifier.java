import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;

/**
 * A third-party service that knows of revocations: it has the issuer's keys and its status lists
 * (draft-ietf-oauth-status-list-17 §8.3), and tells the issuer nothing of the tokens it sees. Reads access tokens, one on a
 * line, and answers each.
 */
public final class OfflineVerifier {
    private static final int SKEW_SECONDS = 60;
    /** 2^22 statuses of two bits: whoever serves more wants our memory. */
    private static final int MOST_BYTES = 1 << 20;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String issuer;
    private final String audience;
    private final VerificationKeyResolver keys;
    private final Map<String, StatusList> lists = new HashMap<>();

    /** A list that was found to be good. Times are this machine's: seconds since 1970. */
    private record StatusList(byte[] statuses, int bits, long freshUntil, long expiresAt, String tag) {
        int status(long index) throws RefusedException {
            long perByte = 8 / bits;
            if (index < 0 || index / perByte >= statuses.length) {
                throw new RefusedException("its index is out of range");
            }
            // The least significant bits are the first.
            return (statuses[(int) (index / perByte)] >> (int) (index % perByte * bits)) & ((1 << bits) - 1);
        }
    }

    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String why) {
            super(why);
        }
    }

    private OfflineVerifier(String issuer, String audience) {
        this.issuer = issuer;
        this.audience = audience;
        this.keys = new HttpsJwksVerificationKeyResolver(new HttpsJwks(issuer + "/jwks"));
    }

    public static void main(String... args) throws Exception {
        OfflineVerifier verifier = new OfflineVerifier(args[0], args[1]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String token = in.readLine(); token != null; token = in.readLine()) {
            System.out.println(verifier.verify(token));
        }
    }

    private String verify(String accessToken) {
        try {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setExpectedType(true, "at+jwt")
                    .setExpectedIssuer(issuer)
                    .setExpectedAudience(audience)
                    .setRequireExpirationTime()
                    .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                    .setJwsAlgorithmConstraints(
                            ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                    .setVerificationKeyResolver(keys)
                    .build()
                    .processToClaims(accessToken);
            // The token comes first: an expired one is expired, whatever its status.
            return switch (status(claims)) {
                case 0 -> "valid: device " + claims.getStringClaimValue("device_id");
                case 1 -> "not valid: revoked";
                case 2 -> "not valid: suspended";
                default -> "not valid: a status of which nothing is known here";
            };
        } catch (RefusedException e) {
            return "not valid: " + e.getMessage();
        } catch (InvalidJwtException | MalformedClaimException e) {
            return "not valid: " + e.getMessage().lines().findFirst().orElse("");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "not valid: interrupted";
        }
    }

    private int status(JwtClaims claims) throws RefusedException, InterruptedException {
        if (!(claims.getClaimValue("status") instanceof Map<?, ?> status)
                || !(status.get("status_list") instanceof Map<?, ?> reference)
                || !(reference.get("idx") instanceof Long index)
                || !(reference.get("uri") instanceof String uri)) {
            // What the issuer does not say, nobody can look up. A service may let such a token pass.
            throw new RefusedException("it does not say where its status is found");
        }
        if (!uri.startsWith(issuer + "/")) {
            throw new RefusedException("its status is not where the issuer is");
        }
        return list(uri).status(index);
    }

    /** The list that is kept, for its ttl; after that a newer one, or, while none can be fetched, the former until its exp. */
    private StatusList list(String uri) throws RefusedException, InterruptedException {
        StatusList kept = lists.get(uri);
        if (kept == null || now() >= kept.freshUntil) {
            try {
                kept = fetch(uri, kept);
                lists.put(uri, kept);
            } catch (IOException e) {
                if (kept == null) {
                    throw new RefusedException("its status list cannot be fetched");
                }
            }
        }
        if (now() >= kept.expiresAt) {
            throw new RefusedException("its status list is expired");
        }
        return kept;
    }

    private StatusList fetch(String uri, StatusList kept) throws IOException, RefusedException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(5))
                .header("Accept", "application/statuslist+jwt");
        if (kept != null) {
            request.header("If-None-Match", kept.tag);
        }
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (kept != null && answer.statusCode() == 304) {
            long ttl = maxAge(answer);
            return new StatusList(kept.statuses, kept.bits, now() + ttl, kept.expiresAt, kept.tag);
        }
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return read(uri, answer.body(), answer.headers().firstValue("ETag").orElse("\"\""));
    }

    /** Token Status List §8.3, steps 3 to 5. */
    private StatusList read(String uri, String jwt, String tag) throws RefusedException {
        try {
            JwtClaims claims = new JwtConsumerBuilder()
                    .setExpectedType(true, "statuslist+jwt")
                    .setExpectedSubject(uri)
                    .setRequireIssuedAt()
                    .setRequireExpirationTime()
                    .setJwsAlgorithmConstraints(
                            ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                    .setVerificationKeyResolver(keys)
                    .build()
                    .processToClaims(jwt);
            Map<?, ?> list = claims.getClaimValue("status_list", Map.class);
            int bits = ((Long) list.get("bits")).intValue();
            if (bits != 1 && bits != 2 && bits != 4 && bits != 8) {
                throw new RefusedException("its status list is not one");
            }
            long ttl = claims.hasClaim("ttl") ? claims.getClaimValue("ttl", Long.class) : 60;
            long expiresAt = claims.getExpirationTime().getValue();
            return new StatusList(inflate((String) list.get("lst")), bits, now() + ttl, expiresAt, tag);
        } catch (InvalidJwtException | MalformedClaimException | ClassCastException | NullPointerException e) {
            throw new RefusedException("its status list is not valid: "
                    + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static byte[] inflate(String lst) throws RefusedException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(Base64.getUrlDecoder().decode(lst));
            byte[] bytes = new byte[MOST_BYTES];
            int length = inflater.inflate(bytes);
            if (!inflater.finished()) {
                throw new RefusedException("its status list is cut short, or too long");
            }
            return java.util.Arrays.copyOf(bytes, length);
        } catch (DataFormatException | IllegalArgumentException e) {
            throw new RefusedException("its status list cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    /** What a 304 says, which has no claims: Cache-Control is the ttl. */
    private static long maxAge(HttpResponse<String> answer) {
        String value = answer.headers().firstValue("Cache-Control").orElse("");
        String digits = value.replaceAll(".*max-age=(\\d{1,6}).*|.*", "$1");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static long now() {
        return NumericDate.now().getValue();
    }
}
