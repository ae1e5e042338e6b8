package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Tokens that are bound to a key: RFC 9449. */
final class DpopSuite implements Suite {
    @Override
    public List<Case> cases() {
        return List.of(
                new Case("RFC 9449 §5", MUST, "With a proof the token_type is DPoP", this::tokenType),
                new Case("RFC 9449 §6", MUST, "A JWT access token names the key in cnf", this::confirmation),
                new Case("RFC 9449 §5", MUST, "A public client's refresh token needs the same key", this::anotherKey),
                new Case("RFC 9449 §5", MUST, "A public client's bound refresh token needs a proof", this::noProof),
                new Case("RFC 9449 §11.1", PRACTICE, "A proof that was used is refused", this::replay),
                new Case(
                        "RFC 9449 §4.3",
                        MUST,
                        "A proof for another method is refused",
                        server -> changed(server, "htm", "GET")),
                new Case(
                        "RFC 9449 §4.3",
                        MUST,
                        "A proof for another address is refused",
                        server -> changed(server, "htu", "https://somebody-else.example/token")),
                new Case("RFC 9449 §4.3", MUST, "A proof of another type is refused", this::type),
                new Case("RFC 9449 §4.3", MUST, "A proof that is not signed is refused", server -> {
                    ProofKey key = ProofKey.make();
                    return refused(server, key.unsigned(claims(server)));
                }),
                new Case("RFC 9449 §4.3", MUST, "A proof by another key than the one it has is refused", server -> {
                    String[] parts = proof(server, ProofKey.make()).split("\\.", -1);
                    String[] others = proof(server, ProofKey.make()).split("\\.", -1);
                    return refused(server, parts[0] + "." + parts[1] + "." + others[2]);
                }),
                new Case("RFC 9449 §4.3", MUST, "A proof that shows its private key is refused", server -> {
                    ProofKey key = ProofKey.make();
                    return refused(server, key.signShowingAll(claims(server)));
                }),
                new Case("RFC 9449 §7.2", MUST, "A bound access token is no bearer token at userinfo", this::asBearer),
                new Case("RFC 9449 §5", MUST, "A refused proof is invalid_dpop_proof", this::code),
                new Case("RFC 9449 §4.3", MUST, "Of two proofs none counts", this::two),
                new Case(
                        "RFC 9449 §4.3", MUST, "A proof from long ago is refused, unless a nonce dates it", this::old));
    }

    private Verdict tokenType(Server server) throws IOException, InterruptedException {
        String type = bound(server, ProofKey.make()).text("token_type");
        return Verdict.of(type.equalsIgnoreCase("DPoP"), "it is '" + type + "'");
    }

    private Verdict confirmation(Server server) throws IOException, InterruptedException {
        ProofKey key = ProofKey.make();
        String[] parts = bound(server, key).text("access_token").split("\\.", -1);
        if (parts.length != 3) {
            throw new NotOfferedException("the access token is no JSON Web Token");
        }
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        return Verdict.of(
                claims.path("cnf").path("jkt").asText().equals(key.thumbprint()), "cnf is " + claims.path("cnf"));
    }

    private Verdict anotherKey(Server server) throws IOException, InterruptedException {
        String token = bound(server, ProofKey.make()).text("refresh_token");
        Answer answer = refresh(server, token, ProofKey.make());
        return Verdict.of(answer.status() == 400, answer.seen());
    }

    private Verdict noProof(Server server) throws IOException, InterruptedException {
        String token = bound(server, ProofKey.make()).text("refresh_token");
        Answer answer = server.refresh(token);
        return Verdict.of(answer.status() == 400, answer.seen());
    }

    private Verdict replay(Server server) throws IOException, InterruptedException {
        ProofKey key = ProofKey.make();
        String token = bound(server, key).text("refresh_token");
        String proof = proof(server, key);
        String next = send(server, proof, refreshing(server, token))
                .require("refresh")
                .text("refresh_token");
        Answer answer = send(server, proof, refreshing(server, next));
        return Verdict.of(answer.status() == 400 || answer.status() == 401, answer.seen());
    }

    private Verdict changed(Server server, String claim, Object value) throws IOException, InterruptedException {
        Map<String, Object> claims = claims(server);
        claims.put(claim, value);
        return refused(server, ProofKey.make().sign("dpop+jwt", claims));
    }

    private Verdict old(Server server) throws IOException, InterruptedException {
        requireOffered(server);
        Map<String, Object> claims = ProofKey.claims("POST", server.endpoint("token_endpoint"));
        claims.put("iat", 1_000_000_000);
        return send(server, ProofKey.make().sign("dpop+jwt", claims), redeeming(server))
                .refused("invalid_dpop_proof", "use_dpop_nonce", "invalid_request");
    }

    private Verdict asBearer(Server server) throws IOException, InterruptedException {
        String userInfo = server.endpoint("userinfo_endpoint");
        ProofKey key = ProofKey.make();
        String token = bound(server, key).text("access_token");
        Map<String, Object> claims = ProofKey.claims("GET", userInfo);
        claims.put("ath", ProofKey.hash(token));
        Answer withProof = server.send(Server.request(userInfo)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", key.sign("dpop+jwt", claims))
                .GET());
        if (withProof.status() != 200) {
            throw new NotOfferedException("userinfo does not answer the device: " + withProof.seen());
        }
        Answer answer = server.send(Server.request(userInfo)
                .header("Authorization", "Bearer " + token)
                .GET());
        return Verdict.of(answer.status() == 401, answer.seen());
    }

    private Verdict type(Server server) throws IOException, InterruptedException {
        return refused(server, ProofKey.make().sign("JWT", claims(server)));
    }

    private Verdict code(Server server) throws IOException, InterruptedException {
        requireOffered(server);
        Map<String, Object> claims = claims(server);
        claims.put("htm", "GET");
        return send(server, ProofKey.make().sign("dpop+jwt", claims), redeeming(server))
                .refused("invalid_dpop_proof");
    }

    private Verdict two(Server server) throws IOException, InterruptedException {
        requireOffered(server);
        ProofKey key = ProofKey.make();
        String uri = server.endpoint("token_endpoint");
        Answer answer = server.send(Server.posting(uri, redeeming(server))
                .header("DPoP", proof(server, key))
                .header("DPoP", proof(server, key)));
        return answer.refused("invalid_dpop_proof", "invalid_request");
    }

    private static Verdict refused(Server server, String proof) throws IOException, InterruptedException {
        requireOffered(server);
        Answer answer = send(server, proof, redeeming(server));
        return Verdict.of(answer.status() == 400 || answer.status() == 401, answer.seen());
    }

    private static Answer bound(Server server, ProofKey key) throws IOException, InterruptedException {
        requireOffered(server);
        return send(server, proof(server, key), redeeming(server)).require("redemption with a proof");
    }

    private static void requireOffered(Server server) throws IOException, InterruptedException {
        if (!server.metadata().has("dpop_signing_alg_values_supported")) {
            throw new NotOfferedException("the metadata has no dpop_signing_alg_values_supported");
        }
    }

    private static String proof(Server server, ProofKey key) throws IOException, InterruptedException {
        return key.sign("dpop+jwt", claims(server));
    }

    /** A proof as the server wants it: with a nonce, where it demands one (RFC 9449 §8). */
    private static Map<String, Object> claims(Server server) throws IOException, InterruptedException {
        String uri = server.endpoint("token_endpoint");
        Answer probe = send(
                server,
                ProofKey.make().proof("POST", uri),
                Server.form(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        server.target().device(),
                        "refresh_token",
                        "x"));
        Map<String, Object> claims = ProofKey.claims("POST", uri);
        if (!probe.header("DPoP-Nonce").isEmpty()) {
            claims.put("nonce", probe.header("DPoP-Nonce"));
        }
        return claims;
    }

    private static String redeeming(Server server) throws IOException, InterruptedException {
        return Server.form(
                "grant_type",
                Server.DEVICE_CODE,
                "client_id",
                server.target().device(),
                "device_code",
                server.approvedCode().deviceCode());
    }

    private static String refreshing(Server server, String token) {
        return Server.form(
                "grant_type", "refresh_token", "client_id", server.target().device(), "refresh_token", token);
    }

    private static Answer refresh(Server server, String token, ProofKey key) throws IOException, InterruptedException {
        return send(server, proof(server, key), refreshing(server, token));
    }

    private static Answer send(Server server, String proof, String form) throws IOException, InterruptedException {
        return server.send(
                Server.posting(server.endpoint("token_endpoint"), form).header("DPoP", proof));
    }
}
