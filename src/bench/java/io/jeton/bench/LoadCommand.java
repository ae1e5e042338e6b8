package io.jeton.bench;

import io.jeton.bench.load.Http;
import io.jeton.bench.load.LoadRun;
import io.jeton.bench.load.Measured;
import io.jeton.bench.load.ProcessTree;
import io.jeton.bench.load.Provider;
import io.jeton.bench.load.Target;
import io.jeton.bench.load.Watched;
import io.jeton.bench.load.Workload;
import io.jeton.conformance.Person;
import java.util.Locale;
import java.util.Set;

/** Load on any provider that runs: {@code --issuer}, {@code --client}, a person, and the kinds of load. */
final class LoadCommand {
    static final Set<String> OPTIONS = Set.of(
            "issuer",
            "client",
            "service",
            "service-secret",
            "scope",
            "person",
            "password",
            "load",
            "connections",
            "warm-up",
            "seconds",
            "pid",
            "database-pid");

    private final Options options;

    LoadCommand(Options options) {
        this.options = options;
    }

    void run() throws Exception {
        Provider provider = Provider.discover(options.require("issuer"));
        String person = options.get("person", "");
        String password = options.get("password", "");
        Target target = new Target(
                provider,
                options.require("client"),
                new Target.Service(options.get("service", ""), options.get("service-secret", "")),
                options.get("scope", ""),
                code -> new Person(person, password).approve(code));
        Watched watched = new Watched(process("pid"), process("database-pid"));
        Table table = new Table("load");
        table.say(Measured.HEADING);
        for (String name : options.list("load", "refresh")) {
            Workload workload = Workload.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            if (!workload.isOffered(provider)) {
                throw new IllegalArgumentException("the provider offers no " + workload.title());
            }
            int connections = options.number("connections", 16);
            try (Http http = new Http(connections)) {
                Measured measured = LoadRun.measure(
                        workload.title(),
                        http,
                        workload.workers(target, http, connections),
                        watched,
                        options.seconds("warm-up", 10),
                        options.seconds("seconds", 20));
                Table.keep("load", measured);
                table.row(measured);
            }
        }
        table.write();
    }

    /** Without it, its CPU time and memory show as 0. */
    private ProcessTree process(String option) {
        return new ProcessTree(options.number(option, Integer.MAX_VALUE));
    }
}
