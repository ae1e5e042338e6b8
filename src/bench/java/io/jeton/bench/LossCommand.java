package io.jeton.bench;

import io.jeton.bench.load.Http;
import io.jeton.bench.load.LostAnswers;
import java.util.List;
import java.util.Set;

/** The same devices on the same bad network, at Jeton and at Keycloak: how many must be approved anew. */
final class LossCommand {
    static final Set<String> OPTIONS = Set.of("devices", "refreshes", "percent");

    private static final long SEED = 1;

    private final Options options;

    LossCommand(Options options) {
        this.options = options;
    }

    void run() throws Exception {
        int devices = options.number("devices", 200);
        int refreshes = options.number("refreshes", 20);
        Table table = new Table("loss");
        table.say("%d devices, %d refreshes each, seed %d\n", devices, refreshes, SEED);
        table.say("| answers lost | Jeton: devices locked out | Keycloak: devices locked out |");
        table.say("| --: | --: | --: |");
        try (Postgres postgres = new Postgres();
                Http http = new Http(1)) {
            postgres.create("jeton");
            postgres.create("keycloak");
            try (Keycloak keycloak = Keycloak.start(postgres, "keycloak", "telemetry:write");
                    Jeton jeton = Jeton.start(postgres, "jeton")) {
                for (String percent : options.list("percent", "1,5,30,50")) {
                    double loss = Double.parseDouble(percent) / 100;
                    int[] lockedOut = new int[2];
                    for (Served server : List.of(jeton, keycloak)) {
                        lockedOut[server == jeton ? 0 : 1] =
                                new LostAnswers(server.target(), http, loss, SEED).lockedOut(devices, refreshes);
                    }
                    table.say("| %s %% | %d | %d |", percent, lockedOut[0], lockedOut[1]);
                }
            }
        }
        table.write();
    }
}
