package io.jeton.jose;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * A JSON Web Token that somebody sent, in the compact form (RFC 7515 §7.1). What it says counts after {@link #verify} alone.
 * Keys that it brings or points to ({@code jwk}, {@code jku}, {@code x5u}, {@code x5c}) are never looked at here.
 */
public final class SignedJwt {
    /** What people sign with. {@code none} is not among them, nor are secrets where a public key is expected. */
    public static final Set<String> PUBLIC_KEY_ALGORITHMS = Set.of("ES256", "EdDSA", "RS256", "PS256");

    public static final Set<String> SECRET_ALGORITHMS = Set.of("HS256");
    /** How many characters are read. */
    public static final int LONGEST = 4096;

    private static final String PREFIX = "application/";
    private static final List<String> UNSUPPORTED = List.of("crit", "b64", "zip", "enc");

    private final String compact;
    private final JsonObject header;
    private final JsonObject claims;

    private SignedJwt(String compact, JsonObject header, JsonObject claims) {
        this.compact = compact;
        this.header = header;
        this.claims = claims;
    }

    /**
     * Reads a token, and believes nothing of it.
     *
     * @param algorithms what {@code alg} may be (RFC 8725 §3.1)
     * @throws InvalidJwtException where it is malformed, longer than 4 KiB, or demands what we do not know
     */
    public static SignedJwt read(String compact, Set<String> algorithms) {
        if (compact.length() > LONGEST) {
            throw new InvalidJwtException("the token is longer than 4 KiB");
        }
        return readLong(compact, algorithms);
    }

    /** The same of one that we asked for ourselves, of any length. */
    public static SignedJwt readLong(String compact, Set<String> algorithms) {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new InvalidJwtException("the token is no signed JWT");
        }
        JsonObject header = JsonObject.read(decode(parts[0]));
        if (!algorithms.contains(header.requireText("alg"))) {
            throw new InvalidJwtException("alg is none of those that are allowed here");
        }
        if (UNSUPPORTED.stream().anyMatch(header::has)) {
            throw new InvalidJwtException("the token's header demands an extension that is not supported");
        }
        int unused = decode(parts[2]).length;
        return new SignedJwt(compact, header, JsonObject.read(decode(parts[1])));
    }

    /** RFC 8725 §3.11: tokens of one kind must not pass for another. */
    public SignedJwt requireType(String... types) {
        check(header.requireText("typ"), types);
        return this;
    }

    /** The same of tokens that need not say their type, because their specification is older than that advice. */
    public SignedJwt requireTypeIfAny(String... types) {
        header.text("typ").ifPresent(type -> check(type, types));
        return this;
    }

    private static void check(String actual, String... types) {
        // RFC 7515 §4.1.9: the prefix may be left out; media types have no case.
        boolean prefixed = actual.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
        String type = prefixed ? actual.substring(PREFIX.length()) : actual;
        if (Arrays.stream(types).noneMatch(type::equalsIgnoreCase)) {
            throw new InvalidJwtException("typ must be " + String.join(" or ", types));
        }
    }

    public String algorithm() {
        return header.requireText("alg");
    }

    public Optional<String> keyId() {
        return header.text("kid");
    }

    public JsonObject header() {
        return header;
    }

    /** What the token says; verify it first. */
    public JsonObject claims() {
        return claims;
    }

    /** Whether the key made the signature, by the algorithm of the header, which {@link #read} has allowed. */
    public boolean verify(Key key) {
        try {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(
                    new AlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, algorithm()));
            jws.setCompactSerialization(compact);
            jws.setKey(key);
            return jws.verifySignature();
        } catch (JoseException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] decode(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part.getBytes(StandardCharsets.ISO_8859_1));
            if (bytes.length > 0 && part.indexOf('=') < 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidJwtException("a part of the token is not base64url");
        }
        throw new InvalidJwtException("a part of the token is empty or padded");
    }
}
