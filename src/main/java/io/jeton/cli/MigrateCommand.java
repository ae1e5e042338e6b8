package io.jeton.cli;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import picocli.CommandLine.Model.CommandSpec;

/** Brings the schema to this version, as a start of the service would. */
@ApplicationScoped
final class MigrateCommand implements Commands {
    private static final String NOUN = "migrate";

    private final Instance<Flyway> flyway;

    MigrateCommand(Instance<Flyway> flyway) {
        this.flyway = flyway;
    }

    /** What was done. */
    @RegisterForReflection
    record Migrated(int migrations, String version) {}

    static CommandSpec grammar() {
        return Words.verb(NOUN, "Bring the database's schema to this version, as a start of the service would.");
    }

    @Override
    public String noun() {
        return NOUN;
    }

    @Override
    public Work prepare(Order order) {
        MigrateResult result = flyway.get().migrate();
        String version = result.targetSchemaVersion == null
                ? String.valueOf(result.initialSchemaVersion)
                : result.targetSchemaVersion;
        Migrated migrated = new Migrated(result.migrationsExecuted, version);
        Answer answer = Answer.done(
                migrated,
                migrated.migrations() == 0
                        ? "Nothing to do: the schema is at version " + version + "."
                        : migrated.migrations() + " migrations, to version " + version + ".");
        return () -> Uni.createFrom().item(answer);
    }
}
