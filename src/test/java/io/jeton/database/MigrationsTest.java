package io.jeton.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expand, then contract: see src/docs/guides/upgrade.md. */
class MigrationsTest {
    /** Nothing ran before the first release. */
    private static final int FIRST_RELEASE = 10;

    @Test
    void noMigrationBreaksTheVersionBeforeIt() throws IOException {
        List<String> problems = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("src/main/resources/db/migration"))) {
            files = all.sorted().toList();
        }
        assertFalse(files.isEmpty());
        for (Path file : files) {
            String name = file.getFileName().toString();
            assertTrue(name.matches("V\\d+__\\w+\\.sql"), name);
            if (Integer.parseInt(name.replaceAll("V(\\d+)__.*", "$1")) > FIRST_RELEASE) {
                Contraction.problems(Files.readString(file)).forEach(problem -> problems.add(name + " " + problem));
            }
        }
        assertEquals(List.of(), problems);
    }

    /** A prepared statement that answers with all columns fails once the next version has added one. */
    @Test
    void noStatementAnswersWithWhateverColumnsThereAre() throws IOException {
        Pattern everything = Pattern.compile("returning \\*|\"\\s*select \\* from");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> careless = new ArrayList<>();
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                if (everything.matcher(Files.readString(source)).find()) {
                    boolean unused = careless.add(source);
                }
            }
            assertEquals(List.of(), careless);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table device;",
                "alter table device drop column name;",
                "alter table device rename column name to title;",
                "ALTER TABLE device ALTER COLUMN name TYPE varchar(10);",
                "alter table device alter column name set not null;",
                "alter table device add column a text default 'x', add column b text not null;",
                "alter table device\n    add column a varchar(10) check (a in ('x', 'y')) not null;",
                "alter table device add constraint c check (name <> '');",
                "create unique index on device (serial);",
                "create table other (id uuid);\nalter table device add check (name <> '');",
                "truncate audit_event;",
                "-- contract: now\ndrop table device;",
                "drop function f;\n-- contract: since 0.4 nobody reads it\ndrop table device;"
            })
    void whatTheVersionBeforeNeedsIsNotTakenAway(String sql) {
        assertEquals(1, Contraction.problems(sql).size(), () -> Contraction.problems(sql)
                .toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table other (id uuid primary key, name text not null);\ncreate unique index on other (name);",
                "create table other (id uuid);\nalter table other add constraint c check (id is not null);",
                "alter table device add column a text;",
                "alter table device add column a text not null default '', add column b integer not null default 1;",
                "alter table device alter column name drop not null;",
                "alter table device drop constraint device_check;",
                "create index on device (serial);",
                "-- we do not rename or drop table device;\nselect 1;",
                "-- contract: since 0.4 nobody reads it\nalter table device drop column name;",
                "create function f() returns trigger language plpgsql as $$ begin drop table if exists t; end $$;"
            })
    void whatOnlyAddsIsAllowed(String sql) {
        assertEquals(List.of(), Contraction.problems(sql));
    }
}
