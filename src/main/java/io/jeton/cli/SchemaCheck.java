package io.jeton.cli;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/** Whether the schema is that of this version, or of a newer one. */
@ApplicationScoped
final class SchemaCheck {
    private static final String SCHEMA = "schema";

    private final Instance<Flyway> flyway;

    SchemaCheck(Instance<Flyway> flyway) {
        this.flyway = flyway;
    }

    Check check() {
        return new Check(SCHEMA, "see the check of the database", this::look);
    }

    private List<Finding> look() {
        MigrationInfoService info = flyway.get().info();
        int pending = info.pending().length;
        if (pending > 0) {
            return List.of(Finding.fail(
                    SCHEMA, pending + " migrations are missing", "run migrate, or start the service, which does it"));
        }
        boolean failed =
                Arrays.stream(info.all()).anyMatch(step -> step.getState().isFailed());
        MigrationInfo current = info.current();
        return List.of(
                failed || current == null
                        ? Finding.fail(SCHEMA, "a migration has failed", "look at table flyway_schema_history")
                        : Finding.ok(SCHEMA, "at version " + current.getVersion()));
    }
}
