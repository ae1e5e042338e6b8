package io.jeton.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A server that gives everything to everybody, and says nothing right. */
final class WrongServer implements AutoCloseable {
    private static final String SHORT_KEYS =
            "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"y\":\"AQAB\"}";
    private static final String KEY = "{\"kid\":\"one\",\"use\":\"enc\",\"n\":\"AQAB\",\"d\":\"AQAB\"}";
    private static final String TOKEN =
            part("{\"alg\":\"none\"}") + "." + part("{\"iat\":1,\"exp\":1000,\"status\":{\"status_list\":{}}}") + ".";
    private static final String STATUS_LIST = part("{\"alg\":\"none\"}") + "."
            + part("{\"iat\":\"1\",\"exp\":1,\"ttl\":0,\"status_list\":{\"bits\":3,\"lst\":\"AAAA\"}}") + ".";

    private final HttpServer server;

    WrongServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/", exchange -> answer(exchange, metadata()));
        server.createContext(
                "/keys", exchange -> answer(exchange, "{\"keys\":[" + KEY + "," + KEY + "," + SHORT_KEYS + ",{}]}"));
        server.createContext("/lists", exchange -> answer(exchange, "{\"status_lists\":[\"" + issuer() + "/list\"]}"));
        server.createContext("/list", exchange -> answer(exchange, STATUS_LIST));
        server.createContext("/device", exchange -> answer(exchange, code()));
        server.createContext(
                "/token",
                exchange -> answer(
                        exchange,
                        "{\"access_token\":\"" + TOKEN + "\",\"refresh_token\":\"x\",\"scope\":\"a b"
                                + " nothing-is-called-so\",\"error_description\":\"\\\"\"}"));
        server.createContext(
                "/page", exchange -> answer(exchange, "<form method=post action=/done><button>Yes</button></form>"));
        server.createContext("/userinfo", exchange -> answer(exchange, "{}"));
        server.createContext("/done", exchange -> answer(exchange, "<p>Done</p>"));
        server.start();
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String metadata() {
        return """
                {"issuer":"https://somebody-else.example","token_endpoint":"%1$s/token","scopes_supported":[],
                 "device_authorization_endpoint":"%1$s/device","jwks_uri":"%1$s/keys",
                 "status_list_aggregation_endpoint":"%1$s/lists","registration_endpoint":"http://192.0.2.1/","userinfo_endpoint":"%1$s/userinfo",
                 "introspection_signing_alg_values_supported":["ES256"],"revocation_endpoint":"%1$s/token",
                 "introspection_endpoint":"%1$s/token","dpop_signing_alg_values_supported":["ES256"],
                 "token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_jwt"],
                 "token_endpoint_auth_signing_alg_values_supported":["none"],
                 "grant_types_supported":["urn:ietf:params:oauth:grant-type:jwt-bearer"]}""".formatted(issuer());
    }

    private String code() {
        return """
                {"device_code":"c","user_code":"aB","verification_uri":"%1$s/page","expires_in":-1,"interval":0,
                 "verification_uri_complete":"%1$s/page"}""".formatted(issuer());
    }

    static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** An empty text is a refusal, in no words that a specification knows. */
    static void answer(HttpExchange exchange, String text) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] body = (text.isEmpty() ? "{\"error\":\"no\"}" : text).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(text.isEmpty() ? 400 : 200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
