package io.jeton.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.PostgresResource;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The configuration of base and dev starts the service; SIGTERM, as a cluster sends it, costs nobody an answer. */
class DrainIT {
    private static final String FORM = "client_id=kettle&scope=telemetry:write";

    @Test
    void beforeItEndsItIsNotReadyServesOnAndAnswersWhatIsUnderWay() throws Exception {
        String database = PostgresResource.createDatabase();
        Database.use(database);
        try (Pod pod = dev(database)) {
            pod.awaitReady();
            assertTrue(pod.probe("live") && pod.probe("group/serving"));
            HttpResponse<String> before = Pod.send(pod.request("/jwks"));
            assertFalse(before.headers().map().containsKey("connection"), "connections are kept open");
            assertEquals(200, Pod.send(asking(pod)).statusCode(), "the declarations of dev are applied");

            try (Connection other = PostgresResource.server().connect(database);
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("lock table device_authorization in access exclusive mode");
                CompletableFuture<HttpResponse<String>> underWay =
                        CompletableFuture.supplyAsync(() -> answer(asking(pod)));
                Eventually.holds(() -> !Database.query("select 1 from pg_locks where not granted")
                        .isEmpty());
                pod.process().destroy();

                Eventually.holds(() -> !pod.probe("group/serving"));
                assertFalse(pod.probe("ready"));
                assertTrue(pod.probe("live"), "it is not killed for that");
                HttpResponse<String> meanwhile = Pod.send(pod.request("/jwks"));
                assertEquals(200, meanwhile.statusCode(), "it serves on, until everybody has noticed");
                assertEquals(
                        "close", meanwhile.headers().firstValue("connection").orElse(""));

                Eventually.holds(() -> pod.log().contains("Waiting for HTTP requests to complete"));
                assertFalse(underWay.isDone(), "it waits for the answer that is under way");
                other.rollback();
                assertEquals(200, underWay.get(10, TimeUnit.SECONDS).statusCode());
            }
            assertTrue(pod.process().waitFor(20, TimeUnit.SECONDS), "it ends by itself");
            assertThrows(IOException.class, () -> Pod.send(pod.request("/jwks")));
            assertFalse(pod.log().contains(" ERROR "), pod::log);
        }
    }

    private static Pod dev(String database) throws IOException {
        Path overlay = Path.of("k8s", "overlays", "dev");
        return new Pod()
                .mount("config", overlay.resolve("dev.properties"))
                .mount("declarations", overlay.resolve("declarations.yaml"))
                .write("secrets/alice", "correct horse battery")
                .start(
                        Secrets.of(),
                        Map.of(
                                "quarkus.datasource.reactive.url",
                                PostgresResource.server().reactiveUrl(database),
                                // Shorter than in base, so that the request under way is still patient afterwards.
                                "quarkus.shutdown.delay",
                                "3S"));
    }

    private static HttpRequest.Builder asking(Pod pod) {
        return Pod.form(pod.request("/device_authorization"), FORM);
    }

    private static HttpResponse<String> answer(HttpRequest.Builder request) {
        try {
            return Pod.send(request);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
