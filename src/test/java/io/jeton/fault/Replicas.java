package io.jeton.fault;

import io.jeton.demo.EmbeddedPostgres;
import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import io.jeton.test.Replica;
import io.jeton.test.TestClients;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two replicas on one database, behind a load balancer that knows nothing of their health. */
final class Replicas implements AutoCloseable {
    private static final int COUNT = 2;
    private static final Map<String, String> LITTLE_PATIENCE = Map.of("jeton.http.timeout", "PT2S");

    private static @Nullable Replicas shared;

    /** Whoever restarts it has another one from then on. */
    private final Supplier<EmbeddedPostgres> server;

    private final String database;
    private final List<Replica> all = new ArrayList<>();

    private Replicas(Supplier<EmbeddedPostgres> server) {
        this.server = server;
        this.database = PostgresResource.createDatabase(server.get());
    }

    /** Two replicas with little patience, started by whoever asks first; whoever kills one starts it again. */
    static synchronized Replicas shared() throws IOException, InterruptedException {
        if (shared == null) {
            Replicas replicas = start(LITTLE_PATIENCE);
            Runtime.getRuntime().addShutdownHook(new Thread(replicas::close));
            shared = replicas;
        }
        shared.use();
        return shared;
    }

    /** Two replicas with further settings, ready. */
    static Replicas start(Map<String, String> settings) throws IOException, InterruptedException {
        return start(settings, List.of(Map.of(), Map.of()));
    }

    /** @param environments what each of them has in its environment beside ours */
    static Replicas start(Map<String, String> settings, List<Map<String, String>> environments)
            throws IOException, InterruptedException {
        return new Replicas(PostgresResource::server).launched(settings, environments);
    }

    /** Two replicas with little patience on a database of another server. */
    static Replicas on(EmbeddedPostgres server) throws IOException, InterruptedException {
        return new Replicas(() -> server).launched(LITTLE_PATIENCE, List.of(Map.of(), Map.of()));
    }

    private Replicas launched(Map<String, String> settings, List<Map<String, String>> environments)
            throws IOException, InterruptedException {
        Map<String, String> configuration = new HashMap<>(PostgresResource.settings(server.get(), database));
        configuration.putAll(TestClients.settings());
        configuration.putAll(settings);
        try {
            for (int i = 0; i < COUNT; i++) {
                all.add(Replica.launch("replica-" + i, configuration, environments.get(i)));
            }
            for (Replica replica : all) {
                replica.awaitReady();
            }
        } catch (Throwable e) {
            close();
            throw e;
        }
        use();
        return this;
    }

    private void use() {
        Database.use(server, database);
        RestAssured.port = get(0).port();
    }

    EmbeddedPostgres server() {
        return server.get();
    }

    String database() {
        return database;
    }

    Replica get(int index) {
        return all.get(index);
    }

    Replica named(String name) {
        return all.stream()
                .filter(replica -> replica.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<Replica> all() {
        return all;
    }

    /** The port of one or the other. */
    int any() {
        return all.get(ThreadLocalRandom.current().nextInt(all.size())).port();
    }

    @Override
    public void close() {
        all.forEach(Replica::close);
    }
}
