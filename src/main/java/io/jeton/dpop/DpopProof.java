package io.jeton.dpop;

import io.jeton.crypto.Sha256;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PublicJwk;
import io.jeton.jose.SignedJwt;
import io.jeton.protocol.Identifier;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A proof whose signature is verified by the key it brings: RFC 9449 §4.3. Whether it is fresh is decided elsewhere.
 *
 * @param thumbprint the key's (RFC 7638)
 */
record DpopProof(String thumbprint, String id, Instant issuedAt, Optional<String> nonce) {
    private static final int LONGEST_ID = 256;

    /**
     * Reads and verifies a proof.
     *
     * @param uri the address of this endpoint
     * @param accessToken the token that comes with it, at a resource
     * @throws InvalidJwtException with what is wrong
     */
    static DpopProof read(String compact, String method, String uri, Optional<String> accessToken) {
        SignedJwt jwt = SignedJwt.read(compact, SignedJwt.PUBLIC_KEY_ALGORITHMS).requireType("dpop+jwt");
        PublicJwk key = PublicJwk.read(
                jwt.header().object("jwk").orElseThrow(() -> new InvalidJwtException("the proof brings no key")));
        require(key.signs(jwt.algorithm()) && jwt.verify(key.key()), "the proof is not signed by the key it brings");
        require(jwt.claims().requireText("htm").equals(method), "htm is not the method of this request");
        require(isSame(jwt.claims().requireText("htu"), uri), "htu is not the address of this request");
        accessToken.ifPresent(token -> require(
                jwt.claims().requireText("ath").equals(Identifier.of(Sha256.of(token))),
                "ath is not the hash of the access token"));
        String id = jwt.claims().requireText("jti");
        require(!id.isEmpty() && id.length() <= LONGEST_ID, "jti of the proof has 1 to 256 characters");
        return new DpopProof(
                key.thumbprint(),
                id,
                jwt.claims().requireInstant("iat"),
                jwt.claims().text("nonce"));
    }

    /** RFC 9449 §4.3: without query and fragment, after the normalization of RFC 3986 §6.2.2 and §6.2.3. */
    static boolean isSame(String htu, String uri) {
        try {
            return normalized(URI.create(htu)).equals(normalized(URI.create(uri)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String normalized(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("no absolute address");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.normalize().getRawPath();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port + path;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new InvalidJwtException(otherwise);
        }
    }
}
