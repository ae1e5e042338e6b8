package io.jeton.client;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Whose word on a client counts: that of whoever declares it, as long as it does. */
@ApplicationScoped
public final class ClientOwnership {
    private final ClientConfig config;

    ClientOwnership(ClientConfig config) {
        this.config = config;
    }

    /** The clients which the configuration of this replica declares. */
    public Set<String> configured() {
        return Set.copyOf(config.all().keySet());
    }

    boolean isDeclared(ClientRow row) {
        return switch (row.source()) {
            case CONFIGURATION -> config.all().containsKey(row.id());
            case DECLARATION -> row.withdrawnAt().isEmpty();
            case API -> false;
        };
    }
}
