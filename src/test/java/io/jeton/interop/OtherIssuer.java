package io.jeton.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An issuer whose status lists are wrong, each in one way; the way is the last part of its address. */
final class OtherIssuer implements AutoCloseable {
    /** Token Status List §4.2: twelve statuses, the first three of them 1, 2 and 0. */
    private static final String LST = "eNo76fITAAPfAgc";

    private final HttpServer server;
    private final EllipticCurveJsonWebKey key;

    OtherIssuer() throws IOException, JoseException {
        key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId("one");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", exchange -> answer(exchange, new JsonWebKeySet(key).toJson()));
        server.createContext("/lists/", this::list);
        server.start();
    }

    String uri() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    String token(String list, long index) throws JoseException {
        return tokenFor(uri() + "/lists/" + list, index);
    }

    String tokenFor(String list, long index) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(uri());
        claims.setAudience(VerifierProcess.AUDIENCE);
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setStringClaim("device_id", "d");
        claims.setClaim("status", Map.of("status_list", Map.of("idx", index, "uri", list)));
        return sign(claims, "at+jwt");
    }

    private void list(HttpExchange exchange) throws IOException {
        String wrong = exchange.getRequestURI().getPath().replace("/lists/", "");
        Map<String, Object> list = new HashMap<>(Map.of("bits", 2, "lst", LST));
        JwtClaims claims = new JwtClaims();
        claims.setSubject(uri() + "/lists/" + wrong);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setClaim("ttl", 60);
        claims.setClaim("status_list", list);
        switch (wrong) {
            case "sub" -> claims.setSubject(uri() + "/lists/good");
            case "expired" -> {
                NumericDate past = NumericDate.now();
                past.addSeconds(-1);
                claims.setExpirationTime(past);
            }
            case "iat" -> claims.unsetClaim("iat");
            case "bits" -> list.put("bits", 3);
            case "lst" -> list.put("lst", "eNrt3");
            default -> {}
        }
        try {
            String jwt = sign(claims, wrong.equals("typ") ? "JWT" : "statuslist+jwt");
            if (wrong.equals("nowhere")) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                answer(exchange, wrong.equals("signature") ? jwt.substring(0, jwt.length() - 8) + "AAAAAAAA" : jwt);
            }
        } catch (JoseException e) {
            throw new IOException(e);
        }
    }

    private String sign(JwtClaims claims, String type) throws JoseException {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setPayload(claims.toJson());
        jws.setHeader("typ", type);
        jws.setKeyIdHeaderValue(key.getKeyId());
        jws.setAlgorithmHeaderValue("ES256");
        jws.setKey(key.getPrivateKey());
        return jws.getCompactSerialization();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
