package io.jeton.fault;

import io.jeton.demo.EmbeddedPostgres;
import io.jeton.test.Database;
import io.jeton.test.PostgresResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** What the next version could do to the schema, by the rules of the upgrade guide: it adds to every table that there is. */
final class NextSchema {
    private static final Path FOLDER = Path.of("target", "faults", "next");

    private NextSchema() {}

    /** Migrates as a replica does when it starts. */
    static void migrate() throws IOException {
        Files.createDirectories(FOLDER);
        List<Map<String, Object>> tables = Database.query("select table_name from information_schema.tables"
                + " where table_schema = 'public' and table_name <> 'flyway_schema_history' order by 1");
        for (int i = 0; i < tables.size(); i++) {
            String table = String.valueOf(tables.get(i).get("table_name"));
            Files.writeString(FOLDER.resolve("V9999." + i + "__" + table + ".sql"), """
                    alter table %s add column next_note text, add column next_count integer not null default 0;
                    create table next_%s (id uuid primary key, note text not null);
                    """.formatted(table, table));
        }
        Files.writeString(
                FOLDER.resolve("V9999.1000__index.sql"), "create index on refresh_token (client_id, next_count);");
        EmbeddedPostgres server = PostgresResource.server();
        Flyway.configure()
                .dataSource(server.jdbcUrl(Database.name()), server.user(), server.password())
                .locations("classpath:db/migration", "filesystem:" + FOLDER)
                .initSql("set lock_timeout = '5s'")
                .load()
                .migrate();
    }
}
