package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Access tokens that are JSON Web Tokens: RFC 9068. An opaque token is as good; then there is nothing to check. */
final class AccessTokenSuite implements Suite {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLOCK_SKEW_SECONDS = 60;

    @Override
    public List<Case> cases() {
        return List.of(
                new Case("RFC 9068 §2.1", PRACTICE, "An access token that is a JWT says that it is one", server -> {
                    Token token = token(server);
                    return Verdict.of(token.isOfRfc9068(), "its typ is '" + token.header("typ") + "'");
                }),
                new Case("RFC 9068 §2.1", MUST, "The token is signed", server -> {
                    String algorithm = claimed(server).header("alg");
                    return Verdict.of(
                            !algorithm.isEmpty() && !algorithm.equalsIgnoreCase("none"), "alg is " + algorithm);
                }),
                new Case("RFC 9068 §2.1", SHOULD, "The token is signed by a private key", this::asymmetric),
                new Case("RFC 9068 §2.2", MUST, "Every required claim is there", this::claims),
                new Case(
                        "RFC 9068 §2.2",
                        MUST,
                        "iss is the issuer of the metadata",
                        server -> Verdict.of(
                                claimed(server).claim("iss").asText().equals(server.issuer()), "it is another one")),
                new Case(
                        "RFC 9068 §2.2",
                        MUST,
                        "client_id is the client",
                        server -> Verdict.of(
                                claimed(server)
                                        .claim("client_id")
                                        .asText()
                                        .equals(server.target().device()),
                                "it is " + token(server).claim("client_id"))),
                new Case(
                        "RFC 9068 §2.2.3",
                        SHOULD,
                        "The token says its scope",
                        server -> Verdict.of(claimed(server).claims.hasNonNull("scope"), "there is no scope claim")),
                new Case("RFC 9068 §4", MUST, "The signature verifies with the key set", this::verifies),
                new Case(
                        "RFC 7515 §4.1.4",
                        PRACTICE,
                        "The token names its key",
                        server -> Verdict.of(!token(server).header("kid").isEmpty(), "no kid")),
                new Case("RFC 7519 §4.1.7", MUST, "No two tokens have the same jti", this::ownJti),
                new Case("RFC 6749 §5.1", SHOULD, "The token ends when expires_in says so", this::ends),
                new Case("RFC 7519 §4.1.6", MUST, "iat is now", this::issuedNow));
    }

    /** A token's parts, not verified. */
    private record Token(String compact, JsonNode header, JsonNode claims, Answer answer) {
        static Token of(Answer answer) throws IOException {
            String compact = answer.text("access_token");
            String[] parts = compact.split("\\.", -1);
            if (parts.length != 3) {
                throw new NotOfferedException("the access token is opaque");
            }
            return new Token(compact, decode(parts[0]), decode(parts[1]), answer);
        }

        private static JsonNode decode(String part) throws IOException {
            return JSON.readTree(Base64.getUrlDecoder().decode(part));
        }

        String header(String name) {
            return header.path(name).asText("");
        }

        JsonNode claim(String name) {
            return claims.path(name);
        }

        boolean isOfRfc9068() {
            String type = header("typ").toLowerCase(Locale.ROOT);
            return type.equals("at+jwt") || type.equals("application/at+jwt");
        }

        @Override
        public String toString() {
            return "Token[" + header + "]";
        }
    }

    private static Token token(Server server) throws IOException, InterruptedException {
        return Token.of(server.tokens());
    }

    /** A token that claims to follow RFC 9068; no other is judged by it. */
    private static Token claimed(Server server) throws IOException, InterruptedException {
        Token token = token(server);
        if (!token.isOfRfc9068()) {
            throw new NotOfferedException("the access token does not claim to follow RFC 9068");
        }
        return token;
    }

    private Verdict asymmetric(Server server) throws IOException, InterruptedException {
        String algorithm = claimed(server).header("alg");
        return Verdict.of(algorithm.matches("(RS|PS|ES)(256|384|512)|EdDSA|Ed25519|Ed448"), "it is " + algorithm);
    }

    private Verdict claims(Server server) throws IOException, InterruptedException {
        Token token = claimed(server);
        List<String> missing = new ArrayList<>();
        for (String claim : List.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti")) {
            if (!token.claims.hasNonNull(claim)) {
                missing.add(claim);
            }
        }
        return Verdict.of(missing.isEmpty(), "missing: " + missing);
    }

    private Verdict verifies(Server server) throws IOException, InterruptedException {
        Token token = token(server);
        try {
            JsonWebKeySet keys = new JsonWebKeySet(
                    server.get(server.endpoint("jwks_uri")).response().body());
            return Verdict.of(isVerified(token.compact, token.header("kid"), keys), "no key of the set verifies it");
        } catch (JoseException e) {
            return Verdict.failed("it cannot be verified: " + e.getClass().getSimpleName());
        }
    }

    /** @param kid empty where the token names no key: then any of them will do */
    static boolean isVerified(String compact, String kid, JsonWebKeySet keys) {
        return keys.getJsonWebKeys().stream()
                .filter(key -> kid.isEmpty() || kid.equals(key.getKeyId()))
                .anyMatch(key -> verifies(compact, key));
    }

    private static boolean verifies(String compact, JsonWebKey key) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(compact);
            signature.setKey(key.getKey());
            return signature.verifySignature();
        } catch (JoseException e) {
            // A key of another kind than the token needs.
            return false;
        }
    }

    private Verdict ownJti(Server server) throws IOException, InterruptedException {
        String first = token(server).claim("jti").asText();
        return Verdict.of(
                !first.isEmpty() && !first.equals(token(server).claim("jti").asText()), "the same, or none");
    }

    private Verdict ends(Server server) throws IOException, InterruptedException {
        Token token = token(server);
        long life = token.claim("exp").asLong() - token.claim("iat").asLong();
        long said = token.answer.json().path("expires_in").asLong();
        return Verdict.of(Math.abs(life - said) <= 2, "it lives " + life + " s, expires_in is " + said);
    }

    private Verdict issuedNow(Server server) throws IOException, InterruptedException {
        long off = token(server).claim("iat").asLong() - System.currentTimeMillis() / 1000;
        return Verdict.of(Math.abs(off) <= CLOCK_SKEW_SECONDS, "it is off by " + off + " s");
    }
}
