package io.jeton.user;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Whose word on an account counts: that of whoever declares it, as long as it does. */
@ApplicationScoped
public final class AccountOwnership {
    private final AccountConfig config;

    AccountOwnership(AccountConfig config) {
        this.config = config;
    }

    /** The accounts which the configuration of this replica declares. */
    public Set<String> configured() {
        return Set.copyOf(config.all().keySet());
    }

    boolean isDeclared(AccountRow row) {
        return switch (row.source()) {
            case CONFIGURATION -> config.all().containsKey(row.name());
            case DECLARATION -> row.withdrawnAt().isEmpty();
            case API -> false;
        };
    }
}
