package io.jeton.bench;

import io.jeton.bench.load.Http;
import io.jeton.bench.load.LoadRun;
import io.jeton.bench.load.Measured;
import io.jeton.bench.load.Rotation;
import io.jeton.bench.load.Scenario;
import io.jeton.bench.load.Watched;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The same refresh load, at random over all devices, with more and more of them in the table. */
final class GrowthCommand {
    static final Set<String> OPTIONS = Set.of("devices", "connections", "rounds", "seconds", "warm-up");

    private static final String DATABASE = "growth";

    private final Options options;

    GrowthCommand(Options options) {
        this.options = options;
    }

    /** Refreshes that were answered, and PostgreSQL's counters. */
    private record Counters(long refreshes, long updates, long hot, long walBytes, long pageImages, long transactions) {
        static Counters of(Postgres postgres, Fleet fleet) throws SQLException, InterruptedException {
            // What a backend counted in its last second it tells when it has been idle for ten.
            TimeUnit.SECONDS.sleep(11);
            String table = " from pg_stat_user_tables where relname = 'refresh_token'";
            return new Counters(
                    fleet.rotations(),
                    postgres.number(DATABASE, "select n_tup_upd" + table),
                    postgres.number(DATABASE, "select n_tup_hot_upd" + table),
                    postgres.number(DATABASE, "select wal_bytes from pg_stat_wal"),
                    postgres.number(DATABASE, "select wal_fpi from pg_stat_wal"),
                    postgres.number(
                            DATABASE, "select xact_commit from pg_stat_database where datname = '" + DATABASE + "'"));
        }
    }

    void run() throws Exception {
        Table table = new Table("growth");
        table.say(
                "| devices | per second | p50 ms | p99 ms | server CPU ms | database CPU ms | transactions per refresh | row updates per refresh | HOT % | WAL bytes per refresh |"
                        + " page images per refresh | table bytes per device | service RSS MiB |");
        table.say("| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        try (Postgres postgres = new Postgres()) {
            postgres.create(DATABASE);
            Jeton.start(postgres, DATABASE).close();
            for (String size : options.list("devices", "10000,100000,1000000,10000000")) {
                measure(table, postgres, Fleet.of(Integer.parseInt(size), postgres, DATABASE));
            }
        }
        table.write();
    }

    private void measure(Table table, Postgres postgres, Fleet fleet) throws Exception {
        int connections = options.number("connections", 16);
        try (Jeton jeton = Jeton.start(postgres, DATABASE);
                Http http = new Http(connections)) {
            List<Scenario> workers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                workers.add(new Rotation(jeton.target(), http, fleet, i, connections));
            }
            Watched watched = new Watched(jeton.process(), postgres.processes());
            // The first requests warm the JIT up.
            run(http, workers, watched, options.seconds("warm-up", 40), Duration.ofSeconds(1));
            Counters before = Counters.of(postgres, fleet);
            List<Measured> rounds = new ArrayList<>();
            for (int i = 0; i < options.number("rounds", 5); i++) {
                rounds.add(run(http, workers, watched, Duration.ofMillis(1), options.seconds("seconds", 10)));
            }
            print(table, postgres, fleet, jeton, Table.median(rounds), before);
        }
    }

    private static Measured run(Http http, List<Scenario> workers, Watched watched, Duration warmUp, Duration length)
            throws Exception {
        Measured measured = LoadRun.measure("refresh", http, workers, watched, warmUp, length);
        Table.keep("growth", measured);
        return measured;
    }

    private static void print(
            Table table, Postgres postgres, Fleet fleet, Jeton jeton, Measured measured, Counters before)
            throws Exception {
        Counters after = Counters.of(postgres, fleet);
        double refreshes = Math.max(1, after.refreshes - before.refreshes);
        double updates = Math.max(1, after.updates - before.updates);
        table.say(
                "| %d | %.0f | %.2f | %.2f | %.3f | %.3f | %.3f | %.3f | %.1f | %.0f | %.3f | %d | %d |",
                fleet.size(),
                measured.perSecond(),
                measured.p50(),
                measured.p99(),
                measured.serverCpu(),
                measured.databaseCpu(),
                (after.transactions - before.transactions) / refreshes,
                updates / refreshes,
                100 * (after.hot - before.hot) / updates,
                (after.walBytes - before.walBytes) / refreshes,
                (after.pageImages - before.pageImages) / refreshes,
                postgres.number(DATABASE, "select pg_relation_size('refresh_token')") / fleet.size(),
                jeton.process().residentMib());
    }
}
