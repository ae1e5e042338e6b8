package io.jeton.client;

import static io.jeton.test.TestOperator.sending;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.test.Eventually;
import io.jeton.test.OwnCertificate;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.jeton.test.TwoReplicas;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On one machine, so addresses inside our network may be asked; all else is as outside, TLS too. */
@ServiceTest
@TestProfile(LinkedKeysTest.OnThisMachine.class)
@DisplayName("RFC 7523 §3: the keys of a client are where it says")
class LinkedKeysTest {
    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    private static Path directory;

    private static OwnCertificate certificate;

    private final TestKey key = TestKey.es256();
    private final String client = "linked-" + UUID.randomUUID();
    private final AtomicInteger asked = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();

    public static final class OnThisMachine implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("jeton.client-keys.allow-private-networks", "true");
        }
    }

    /** Before the second replica, where there is one, starts: it trusts what this process does. */
    @BeforeAll
    static void theCertificateIsTrusted() throws Exception {
        certificate = OwnCertificate.of("localhost", directory);
        System.setProperty(TRUST, certificate.trust().toString());
        System.setProperty(TRUST_PASSWORD, OwnCertificate.PASSWORD);
    }

    @AfterAll
    static void nothingIsTrustedAnyMore() {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST_PASSWORD);
    }

    @BeforeEach
    void theClientPublishesItsKeys() {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setPath(certificate.keys().toString())
                                .setPassword(OwnCertificate.PASSWORD)))
                .requestHandler(request -> {
                    asked.incrementAndGet();
                    request.response().end(key.set());
                });
        int port = server.listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        sending("""
                {"id": "%s", "name": "Signer", "token_endpoint_auth_method": "private_key_jwt",
                 "jwks_uri": "https://localhost:%d/keys", "grant_types": ["client_credentials"],
                 "scopes": ["telemetry:read"]}""".formatted(client, port)).post("/admin/clients").then().statusCode(201);
    }

    @AfterEach
    void theClientIsGone() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theyAreFetchedOverTlsOnceAndWhoeverSignsWithAnotherIsRefused() throws Exception {
        String issuer = given().get("/.well-known/openid-configuration").path("issuer");
        // Each replica learns of the client, and fetches for itself.
        Eventually.holds(() -> token(key, issuer).statusCode() == 200 && asked.get() == TwoReplicas.count());
        for (int i = 0; i < 4; i++) {
            token(key, issuer).then().statusCode(200).body("access_token", notNullValue());
        }
        assertEquals(TwoReplicas.count(), asked.get());
        token(TestKey.es256(), issuer).then().statusCode(401).body("error", equalTo("invalid_client"));
        token(key, issuer).then().statusCode(200);
    }

    private Response token(TestKey signer, String issuer) {
        return TestDevice.post(
                "/token",
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        signer.assertion(client, issuer)));
    }
}
