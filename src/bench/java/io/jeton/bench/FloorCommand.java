package io.jeton.bench;

import io.jeton.bench.load.Http;
import io.jeton.bench.load.LoadRun;
import io.jeton.bench.load.Measured;
import io.jeton.bench.load.Scenario;
import io.jeton.bench.load.Watched;
import io.jeton.bench.load.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A refresh beside what it cannot do without, in the same process: an empty request, one ES256 signature, one pooled
 * one-row {@code UPDATE}. And PostgreSQL's share beside {@code pgbench} with the same statement.
 */
final class FloorCommand {
    static final Set<String> OPTIONS = Set.of("connections", "rounds", "seconds", "warm-up");

    private static final String DATABASE = "floor";
    private static final String DATABASE_OF_PGBENCH = "pgbench";
    private static final String PGBENCH = "pgbench";
    private static final String PGBENCH_AT_RATE = "pgbench at the same rate";

    private final Options options;

    FloorCommand(Options options) {
        this.options = options;
    }

    void run() throws Exception {
        Table table = new Table("floor");
        int connections = options.number("connections", 16);
        try (Postgres postgres = new Postgres()) {
            postgres.create(DATABASE);
            try (Jeton jeton = Jeton.start(postgres, DATABASE);
                    Http http = new Http(connections)) {
                Watched watched = new Watched(jeton.process(), postgres.processes());
                Pgbench pgbench = pgbench(postgres, connections);
                print(table, measure(loads(jeton, http, connections), http, watched, pgbench));
            }
        }
        table.write();
    }

    /** On rows of its own: whose token was rotated by somebody else is locked out, as it should be. */
    private static Pgbench pgbench(Postgres postgres, int clients) throws Exception {
        postgres.create(DATABASE_OF_PGBENCH);
        Jeton.start(postgres, DATABASE_OF_PGBENCH).close();
        Fleet unused = Fleet.of(clients, postgres, DATABASE_OF_PGBENCH);
        return new Pgbench(postgres, DATABASE_OF_PGBENCH);
    }

    private int rounds() {
        return options.number("rounds", 5);
    }

    private Duration seconds() {
        return options.seconds("seconds", 10);
    }

    private static Map<String, List<Scenario>> loads(Jeton jeton, Http http, int connections) throws Exception {
        Map<String, List<Scenario>> loads = new LinkedHashMap<>();
        loads.put("refresh", Workload.REFRESH.workers(jeton.target(), http, connections));
        loads.put("empty POST", Collections.nCopies(connections, Workload.post(http, jeton.url("/floor/empty"))));
        loads.put("ES256 signature", Collections.nCopies(connections, Workload.post(http, jeton.url("/floor/sign"))));
        loads.put("one-row UPDATE", updates(jeton, http, connections));
        loads.put("an empty GET", Collections.nCopies(connections, Workload.read(http, jeton.url("/floor/empty"))));
        loads.put(
                "a GET of 1.4 KB", Collections.nCopies(connections, Workload.read(http, jeton.url("/floor/document"))));
        loads.put("JWKS", Workload.JWKS.workers(jeton.target(), http, connections));
        loads.put("discovery", Workload.DISCOVERY.workers(jeton.target(), http, connections));
        return loads;
    }

    private Map<String, List<Measured>> measure(
            Map<String, List<Scenario>> loads, Http http, Watched watched, Pgbench pgbench) throws Exception {
        Map<String, List<Measured>> rounds = new LinkedHashMap<>();
        Duration warmUp = options.seconds("warm-up", 40);
        for (int round = 0; round < rounds(); round++) {
            for (var load : loads.entrySet()) {
                Measured measured = LoadRun.measure(load.getKey(), http, load.getValue(), watched, warmUp, seconds());
                Table.keep("floor", measured);
                rounds.computeIfAbsent(load.getKey(), name -> new ArrayList<>()).add(measured);
            }
            warmUp = Duration.ofSeconds(2);
            if (Pgbench.isInstalled()) {
                pgbench(pgbench, rounds);
            }
        }
        return rounds;
    }

    /** At full speed, and at the rate of the round's refreshes. */
    private void pgbench(Pgbench pgbench, Map<String, List<Measured>> rounds) throws Exception {
        List<Measured> refreshes = rounds.get("refresh");
        Measured last = refreshes.get(refreshes.size() - 1);
        List<Measured> measured = List.of(
                pgbench.measure(PGBENCH, last.connections(), OptionalLong.empty(), seconds()),
                pgbench.measure(
                        PGBENCH_AT_RATE, last.connections(), OptionalLong.of(Math.round(last.perSecond())), seconds()));
        for (Measured run : measured) {
            Table.keep("floor", run);
            rounds.computeIfAbsent(run.name(), name -> new ArrayList<>()).add(run);
        }
    }

    /** Each worker has a row of its own. */
    private static List<Scenario> updates(Jeton jeton, Http http, int connections) {
        List<Scenario> workers = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            workers.add(Workload.post(http, jeton.url("/floor/update/" + i)));
        }
        return workers;
    }

    private static void print(Table table, Map<String, List<Measured>> rounds) {
        table.say(Measured.HEADING);
        rounds.values().forEach(measured -> table.row(Table.median(measured)));
        double empty = cpu(rounds, "empty POST");
        double floor = cpu(rounds, "ES256 signature") + cpu(rounds, "one-row UPDATE") - empty;
        table.say("");
        table.say(
                "server CPU of a refresh: %.3f ms; of an empty request, a signature and an UPDATE together: %.3f ms; ratio %.2f",
                cpu(rounds, "refresh"), floor, cpu(rounds, "refresh") / floor);
        for (String beside : List.of("an empty GET", "a GET of 1.4 KB")) {
            double document = cpu(rounds, beside);
            table.say(
                    "server CPU beside %s: JWKS %.2f, discovery %.2f",
                    beside, cpu(rounds, "JWKS") / document, cpu(rounds, "discovery") / document);
        }
        for (String name : List.of(PGBENCH, PGBENCH_AT_RATE)) {
            if (rounds.containsKey(name)) {
                double refresh = Table.median(rounds.get("refresh"), Measured::databaseCpu);
                double bare = Table.median(rounds.get(name), Measured::databaseCpu);
                table.say(
                        "database CPU of a refresh: %.3f ms; of %s: %.3f ms; ratio %.2f",
                        refresh, name, bare, refresh / bare);
            }
        }
    }

    private static double cpu(Map<String, List<Measured>> rounds, String name) {
        return Table.median(rounds.get(name), Measured::serverCpu);
    }
}
