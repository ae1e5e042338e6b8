package io.jeton.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The other way to be wrong: does what is plain, refuses whatever is a little out of the ordinary, with the wrong error,
 * and remembers what it must forget. A device's first token is good for ever, its later ones once.
 */
final class GrudgingServer implements AutoCloseable {
    private static final Pattern PAIR = Pattern.compile("&");
    private static final String CODE = "ABCD-EFGH";
    /** Says that it is RFC 9068's, and nothing else. */
    private static final String ACCESS_TOKEN =
            WrongServer.part("{\"typ\":\"at+jwt\",\"alg\":\"none\"}") + "." + WrongServer.part("{}") + ".";

    private static final Set<String> PLAIN_REQUEST = Set.of("client_id", "scope");
    private static final Set<String> PLAIN_REFRESH = Set.of("grant_type", "client_id", "refresh_token");

    private final HttpServer server;
    private final AtomicInteger issued = new AtomicInteger();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> dead = ConcurrentHashMap.newKeySet();

    GrudgingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page("/.well-known/", form -> metadata());
        page("/silent/.well-known/", form -> "{}");
        page("/keys", form -> "{\"keys\":[]}");
        page("/lists", form -> "{\"status_lists\":[]}");
        page("/device", this::code);
        page("/token", this::token);
        page("/revoke", this::revoke);
        page("/introspect", form -> "{\"active\":true}");
        page(
                "/page",
                form ->
                        "<form method=post action=/page/typed><input type=text name=user_code><button>Next</button></form>");
        page("/page/typed", form -> CODE.equals(form.get("user_code")) ? decision() : "<p>No such code</p>");
        page("/page/complete", form -> decision());
        page("/done", form -> "<p>Done</p>");
        server.start();
    }

    /** What a page answers to a form; nothing where it refuses. */
    private interface Page {
        String answer(Map<String, String> form);
    }

    String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** An issuer whose metadata says nothing at all. */
    String silentIssuer() {
        return issuer() + "/silent";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String metadata() {
        return """
                {"issuer":"%1$s","token_endpoint":"%1$s/token","device_authorization_endpoint":"%1$s/device",
                 "jwks_uri":"%1$s/keys","status_list_aggregation_endpoint":"%1$s/lists",
                 "revocation_endpoint":"%1$s/revoke","introspection_endpoint":"%1$s/introspect",
                 "token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_jwt"],
                 "grant_types_supported":["urn:ietf:params:oauth:grant-type:jwt-bearer"]}""".formatted(issuer());
    }

    private String code(Map<String, String> form) {
        if (!form.keySet().equals(PLAIN_REQUEST) || !"a b".equals(form.get("scope"))) {
            return "";
        }
        return """
                {"device_code":"c","user_code":"%2$s","verification_uri":"%1$s/page","expires_in":600,
                 "verification_uri_complete":"%1$s/page/complete"}""".formatted(issuer(), CODE);
    }

    private static String decision() {
        return "<form method=post action=/done><button>Yes</button></form>";
    }

    private String token(Map<String, String> form) {
        return switch (form.getOrDefault("grant_type", "")) {
            case Server.DEVICE_CODE -> tokens(0);
            case "refresh_token" -> refreshed(form, form.getOrDefault("refresh_token", ""));
            case "client_credentials" -> form.size() == 1 ? tokens(0) : "";
            default -> "";
        };
    }

    private String refreshed(Map<String, String> form, String token) {
        if (!form.keySet().equals(PLAIN_REFRESH)) {
            // A refused request takes the token away.
            dead.add(token);
        }
        if (!known.contains(token) || dead.contains(token)) {
            return "";
        }
        int depth = token.indexOf('.');
        if (depth > 1) {
            dead.add(token);
        }
        return tokens(depth);
    }

    /** Without a token type, so that no client knows what to do with it; a refresh token's depth is its length before the dot. */
    private String tokens(int depth) {
        String token = "x".repeat(depth + 1) + "." + issued.incrementAndGet();
        known.add(token);
        return "{\"access_token\":\"" + ACCESS_TOKEN + "\",\"refresh_token\":\"" + token + "\"}";
    }

    /** Whoever comes takes any token away; what it does not know it refuses. */
    private String revoke(Map<String, String> form) {
        String token = form.getOrDefault("token", "");
        if (!known.contains(token)) {
            return "";
        }
        dead.add(token);
        return "{}";
    }

    private void page(String path, Page page) {
        server.createContext(path, exchange -> WrongServer.answer(exchange, page.answer(form(exchange))));
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return PAIR.splitAsStream(body)
                .map(pair -> (pair + "=").split("=", 3))
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (one, other) -> other));
    }
}
