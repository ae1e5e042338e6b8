package io.jeton.bench;

import io.jeton.bench.load.Http;
import io.jeton.bench.load.LoadRun;
import io.jeton.bench.load.Measured;
import io.jeton.bench.load.Scenario;
import io.jeton.bench.load.Target;
import io.jeton.bench.load.Watched;
import io.jeton.bench.load.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What features cost a refresh that does not use them: an earlier build beside this one, in alternation. Both are started
 * anew several times, because one start takes more or less than another by as much as is looked for.
 */
final class FeaturesCommand {
    static final Set<String> OPTIONS = Set.of("before", "connections", "rounds", "seconds", "starts", "warm-up");

    private final Options options;
    private final Map<String, List<Measured>> rounds = new LinkedHashMap<>();

    FeaturesCommand(Options options) {
        this.options = options;
    }

    void run() throws Exception {
        Path before = Path.of(options.require("before"));
        Table table = new Table("features");
        try (Postgres postgres = new Postgres()) {
            postgres.create("former");
            postgres.create("jeton");
            for (int start = 0; start < options.number("starts", 5); start++) {
                compare(postgres, before);
            }
        }
        table.say(Measured.HEADING);
        rounds.values().forEach(measured -> table.row(Table.median(measured)));
        table.write();
    }

    private void compare(Postgres postgres, Path before) throws Exception {
        try (Jeton former = Jeton.start(postgres, "former", before, Jeton.FLAGS);
                Jeton present = Jeton.start(postgres, "jeton");
                Http http = new Http(options.number("connections", 16))) {
            Map<String, Jeton> processes = new LinkedHashMap<>();
            Map<String, Target> targets = new LinkedHashMap<>();
            processes.put("before", former);
            targets.put("before", former.target());
            processes.put("now, not used", present);
            targets.put("now, not used", present.target());
            processes.put("now, with a status list", present);
            targets.put("now, with a status list", present.target(Jeton.LISTED_DEVICE));
            alternate(postgres, http, processes, targets);
        }
    }

    private void alternate(Postgres postgres, Http http, Map<String, Jeton> processes, Map<String, Target> targets)
            throws Exception {
        Map<String, List<Scenario>> workers = new LinkedHashMap<>();
        for (var target : targets.entrySet()) {
            workers.put(
                    target.getKey(),
                    Workload.REFRESH.workers(target.getValue(), http, options.number("connections", 16)));
        }
        Duration warmUp = options.seconds("warm-up", 30);
        for (int round = 0; round < options.number("rounds", 3); round++) {
            for (String name : workers.keySet()) {
                Jeton jeton = processes.get(name);
                Measured measured = LoadRun.measure(
                        name,
                        http,
                        workers.get(name),
                        new Watched(jeton.process(), postgres.processes()),
                        warmUp,
                        options.seconds("seconds", 4));
                Table.keep("features", measured);
                rounds.computeIfAbsent(name, key -> new ArrayList<>()).add(measured);
            }
            warmUp = Duration.ofSeconds(2);
        }
    }
}
