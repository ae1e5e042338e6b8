package io.jeton.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PublicJwkSet;
import io.jeton.jose.SignedJwt;
import io.jeton.test.OwnCertificate;
import io.jeton.test.TestKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key set comes from where somebody registered it, and from nowhere else. */
class KeySetFetchTest {
    private final TestKey first = TestKey.es256();
    private final TestKey second = TestKey.es256();
    private final AtomicInteger asked = new AtomicInteger();
    private final MovingClock clock = new MovingClock();
    private final Vertx vertx = Vertx.vertx();
    private volatile String answer = first.set();
    private volatile int status = 200;
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", this::answer);
        server.createContext("/hang", exchange -> {});
        server.createContext("/drip", this::drip);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        vertx.close();
    }

    @Test
    void aSetIsFetchedOnceAndKeptForAWhile() {
        ClientKeySets sets = sets();
        for (int i = 0; i < 5; i++) {
            assertTrue(get(sets, first).verifies(jwt(first)));
        }
        assertEquals(1, asked.get());
        clock.pass(Duration.ofMinutes(11));
        get(sets, first);
        assertEquals(2, asked.get());
    }

    @Test
    void aKeyThatIsNotInItFetchesItAnewButNotForEveryForgery() {
        ClientKeySets sets = sets();
        get(sets, first);
        answer = second.set();
        get(sets, second);
        assertEquals(1, asked.get());
        clock.pass(Duration.ofSeconds(31));
        assertTrue(get(sets, second).verifies(jwt(second)));
        assertEquals(2, asked.get());
        for (int i = 0; i < 50; i++) {
            get(sets, TestKey.es256());
        }
        assertEquals(2, asked.get());
    }

    @Test
    void aFailureIsNotAskedForAgainAtOnceNorKeptForLong() {
        ClientKeySets sets = sets();
        status = 500;
        for (int i = 0; i < 5; i++) {
            assertThrows(InvalidJwtException.class, () -> get(sets, first));
        }
        assertEquals(1, asked.get());
        status = 200;
        clock.pass(Duration.ofSeconds(31));
        assertTrue(get(sets, first).verifies(jwt(first)));
    }

    @Test
    void whoeverSendsForgeriesWhileTheSetCannotBeFetchedDoesNotTakeItFromTheClient() {
        ClientKeySets sets = sets();
        get(sets, first);
        clock.pass(Duration.ofSeconds(31));
        status = 500;
        for (int i = 0; i < 3; i++) {
            assertThrows(InvalidJwtException.class, () -> get(sets, TestKey.es256()));
        }
        assertEquals(2, asked.get());
        assertTrue(get(sets, first).verifies(jwt(first)));
        clock.pass(Duration.ofMinutes(9));
        assertTrue(get(sets, first).verifies(jwt(first)));
        assertEquals(2, asked.get());
    }

    @Test
    void whoeverAnswersAByteAtATimeIsHungUpOn() throws InterruptedException {
        assertThrows(
                InvalidJwtException.class,
                () -> sets(true).of(keys("/drip"), jwt(first)).await().atMost(Duration.ofSeconds(5)));
        assertTrue(hungUp.await(5, TimeUnit.SECONDS));
    }

    @Test
    void redirectsAreNotFollowedAndLargeOrSlowAnswersNotTaken() {
        status = 302;
        assertThrows(InvalidJwtException.class, () -> get(sets(), first));
        status = 200;
        answer = "{\"keys\":[],\"padding\":\"" + "x".repeat(70_000) + "\"}";
        assertThrows(InvalidJwtException.class, () -> get(sets(), first));
        answer = "no json";
        assertThrows(InvalidJwtException.class, () -> get(sets(), first));
        assertThrows(
                InvalidJwtException.class,
                () -> sets(true).of(keys("/hang"), jwt(first)).await().atMost(Duration.ofSeconds(5)));
    }

    @Test
    void aHostThatCannotProveItsNameIsNotBelieved(@TempDir Path directory) throws Exception {
        PfxOptions own = new PfxOptions()
                .setPath(OwnCertificate.of("localhost", directory).keys().toString())
                .setPassword(OwnCertificate.PASSWORD);
        int port = vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(own))
                .requestHandler(request -> {
                    asked.incrementAndGet();
                    request.response().end(answer);
                })
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        Client.PublicKeys keys = new Client.PublicKeys(null, "https://localhost:" + port + "/keys");
        assertThrows(
                InvalidJwtException.class,
                () -> sets(true).of(keys, jwt(first)).await().atMost(Duration.ofSeconds(5)));
        assertEquals(0, asked.get());
    }

    @Test
    void whatIsInsideOurNetworkIsNotAsked() {
        InvalidJwtException refused = assertThrows(
                InvalidJwtException.class,
                () -> sets(false).of(keys("/keys"), jwt(first)).await().atMost(Duration.ofSeconds(5)));
        assertTrue(refused.reason().contains("https"), refused.reason());
        assertEquals(0, asked.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
                        "224.0.0.1",
                "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
                "192.0.0.8", "198.18.0.1", "198.19.255.1", "240.0.0.1", "::127.0.0.1", "fec0::1", "ff02::1", "100::1",
                "64:ff9b:1::a00:1", "2002:7f00:1::1", "2001:0:a00:1::1", "5f00::1"
            })
    void theseAddressesAreInside(String address) throws Exception {
        assertTrue(KeySetFetch.isInside(InetAddress.getByName(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "8.8.8.8",
                "100.128.0.1",
                "172.32.0.1",
                "198.20.0.1",
                "2001:db8::1",
                "2001:4860::1",
                "2606:4700::1"
            })
    void theseAreNot(String address) throws Exception {
        assertEquals(false, KeySetFetch.isInside(InetAddress.getByName(address)));
    }

    private ClientKeySets sets() {
        return sets(true);
    }

    private ClientKeySets sets(boolean allowPrivate) {
        ClientKeysConfig config = new ClientKeysConfig() {
            @Override
            public Duration maxAge() {
                return Duration.ofMinutes(10);
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(1);
            }

            @Override
            public boolean allowPrivateNetworks() {
                return allowPrivate;
            }
        };
        return new ClientKeySets(new KeySetFetch(vertx, config), config, clock);
    }

    private PublicJwkSet get(ClientKeySets sets, TestKey key) {
        return sets.of(keys("/keys"), jwt(key)).await().atMost(Duration.ofSeconds(5));
    }

    private Client.PublicKeys keys(String path) {
        return new Client.PublicKeys(
                null,
                URI.create("http://localhost:" + server.getAddress().getPort() + path)
                        .toString());
    }

    private static SignedJwt jwt(TestKey key) {
        return SignedJwt.read(key.assertion("c", "a"), SignedJwt.PUBLIC_KEY_ALGORITHMS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", "/keys");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            for (int sent = 0; sent < 100; sent++) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(50);
            }
        } catch (IOException e) {
            hungUp.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class MovingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
