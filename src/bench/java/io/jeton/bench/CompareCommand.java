package io.jeton.bench;

import io.jeton.bench.load.Http;
import io.jeton.bench.load.LoadRun;
import io.jeton.bench.load.Measured;
import io.jeton.bench.load.Scenario;
import io.jeton.bench.load.Watched;
import io.jeton.bench.load.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Jeton and Keycloak side by side: one machine, one PostgreSQL, the same load in alternation, medians of the rounds. */
final class CompareCommand {
    static final Set<String> OPTIONS = Set.of("connections", "rounds", "seconds", "warm-up", "load", "keycloak-scope");

    private static final int MANY = 64;

    private final Options options;
    private final Map<String, List<Measured>> rounds = new LinkedHashMap<>();

    CompareCommand(Options options) {
        this.options = options;
    }

    void run() throws Exception {
        Table table = new Table("compare");
        try (Postgres postgres = new Postgres()) {
            postgres.create("jeton");
            postgres.create("keycloak");
            try (Keycloak keycloak =
                            Keycloak.start(postgres, "keycloak", options.get("keycloak-scope", "telemetry:write"));
                    Jeton jeton = Jeton.start(postgres, "jeton")) {
                measure(postgres, List.of(jeton, keycloak));
            }
        }
        table.say(Measured.HEADING);
        rounds.values().forEach(measured -> table.row(Table.median(measured)));
        ratios(table);
        table.write();
    }

    private void measure(Postgres postgres, List<Served> servers) throws Exception {
        int connections = options.number("connections", 16);
        for (String name : options.list(
                "load", "refresh,client-credentials,introspection,pending-poll,jwks,discovery,device-flow")) {
            Workload workload = Workload.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            // Passwords are hashed at the same cost whatever the load: a few flows at a time tell enough.
            alternate(postgres, servers, workload, workload == Workload.DEVICE_FLOW ? 2 : connections);
            if (workload == Workload.REFRESH) {
                alternate(postgres, servers, workload, MANY);
            }
        }
    }

    private void alternate(Postgres postgres, List<Served> servers, Workload workload, int connections)
            throws Exception {
        try (Http http = new Http(connections)) {
            Map<Served, List<Scenario>> workers = new LinkedHashMap<>();
            for (Served server : servers) {
                if (workload.isOffered(server.target().provider())) {
                    workers.put(server, workload.workers(server.target(), http, connections));
                }
            }
            Duration warmUp = options.seconds("warm-up", 40);
            for (int round = 0; round < options.number("rounds", 5); round++) {
                for (Served server : workers.keySet()) {
                    String name = server.name() + ": " + workload.title();
                    Measured measured = LoadRun.measure(
                            name,
                            http,
                            workers.get(server),
                            new Watched(server.process(), postgres.processes()),
                            warmUp,
                            options.seconds("seconds", 10));
                    Table.keep("compare", measured);
                    rounds.computeIfAbsent(name + connections, key -> new ArrayList<>())
                            .add(measured);
                }
                warmUp = Duration.ofSeconds(2);
            }
        }
    }

    private void ratios(Table table) {
        table.say("");
        for (var entry : rounds.entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith("Jeton")) {
                continue;
            }
            List<Measured> peer = rounds.get(name.replaceFirst("^Jeton[^:]*", "Keycloak"));
            if (peer != null) {
                Measured ours = Table.median(entry.getValue());
                Measured theirs = Table.median(peer);
                table.say(
                        "%s, %d connections: 1/%.1f of Keycloak's server CPU, %.1f times its throughput; our p99 %.2f ms,"
                                + " its p50 %.2f ms",
                        ours.name(),
                        ours.connections(),
                        theirs.serverCpu() / ours.serverCpu(),
                        ours.perSecond() / theirs.perSecond(),
                        ours.p99(),
                        theirs.p50());
            }
        }
    }
}
