package io.jeton.bench;

import io.jeton.bench.load.Http;
import io.jeton.bench.load.LostAnswers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The same devices on the same bad network, at Jeton and at Keycloak: how many must be approved anew. */
final class LossCommand {
    static final Set<String> OPTIONS = Set.of("devices", "refreshes", "percent", "sleep", "people");

    private static final int CONNECTIONS = 16;
    private static final long SEED = 1;

    private final int devices;
    private final int refreshes;
    private final Duration longestSleep;
    private final int people;
    private final List<String> percents;

    LossCommand(Options options) {
        this.devices = options.number("devices", 2000);
        this.refreshes = options.number("refreshes", 10);
        this.longestSleep = options.seconds("sleep", 4);
        if (longestSleep.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("--sleep is at least a second");
        }
        this.people = options.number("people", 3);
        this.percents = options.list("percent", "5,30,50");
    }

    void run() throws Exception {
        Table table = new Table("loss");
        table.say(
                "%d devices, %d refreshes each, asleep for up to %d s before each attempt, seed %d\n",
                devices, refreshes, longestSleep.toSeconds(), SEED);
        table.say("| answers lost | Jeton: devices locked out | Keycloak: devices locked out |");
        table.say("| --: | --: | --: |");
        try (Postgres postgres = new Postgres();
                Http http = new Http(CONNECTIONS)) {
            postgres.create("jeton");
            postgres.create("keycloak");
            try (Keycloak keycloak = Keycloak.start(postgres, "keycloak", "telemetry:write");
                    Jeton jeton = Jeton.start(postgres, "jeton")) {
                LostAnswers atJeton = new LostAnswers(jeton.target(), http, longestSleep, SEED);
                LostAnswers atKeycloak = new LostAnswers(keycloak.target(), http, longestSleep, SEED);
                List<String> servedByJeton = List.of();
                List<String> servedByKeycloak = List.of();
                for (String percent : percents) {
                    double loss = Double.parseDouble(percent) / 100;
                    servedByJeton = atJeton.refresh(complete(atJeton, servedByJeton), refreshes, loss);
                    servedByKeycloak = atKeycloak.refresh(complete(atKeycloak, servedByKeycloak), refreshes, loss);
                    table.say(
                            "| %s %% | %d | %d |",
                            percent, devices - servedByJeton.size(), devices - servedByKeycloak.size());
                }
            }
        }
        table.write();
    }

    /** Devices that were locked out are approved anew. */
    private List<String> complete(LostAnswers network, List<String> tokens) throws Exception {
        if (tokens.size() == devices) {
            return tokens;
        }
        List<String> all = new ArrayList<>(tokens);
        all.addAll(network.approved(devices - tokens.size(), people));
        return all;
    }
}
