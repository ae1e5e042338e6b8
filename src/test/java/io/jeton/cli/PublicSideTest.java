package io.jeton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the doctor does with somebody else who answers in the issuer's place. */
class PublicSideTest {
    private final AtomicInteger inside = new AtomicInteger();
    private HttpServer server;
    private String origin;
    private PublicSide side;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin = "http://127.0.0.1:" + server.getAddress().getPort();
        side = new PublicSide(origin + "/issuer");
        server.createContext("/inside", exchange -> {
            inside.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAddressThatIsNotTheIssuersIsNotAsked() {
        answers("{\"jwks_uri\": \"" + origin + "/inside\", \"status_list_aggregation_endpoint\": \"" + origin
                + "/inside\"}");

        assertThrows(IOException.class, () -> side.keySet());
        assertThrows(IOException.class, () -> side.statusLists());
        assertEquals(0, inside.get());
    }

    @Test
    void aRedirectionIsNotFollowed() {
        server.createContext("/issuer", exchange -> {
            exchange.getResponseHeaders().add("Location", origin + "/inside");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });

        assertThrows(IOException.class, () -> side.metadata());
        assertEquals(0, inside.get());
    }

    @Test
    void anAnswerWithoutEndIsNotRead() {
        server.createContext("/issuer", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (true) {
                    body.write(new byte[65_536]);
                }
            }
        });

        IOException refused = assertThrows(IOException.class, () -> side.metadata());
        assertTrue(refused.getMessage().contains("more than"), refused.getMessage());
    }

    private void answers(String body) {
        server.createContext("/issuer", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
