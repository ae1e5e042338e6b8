package io.jeton.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    Path folder;

    @Test
    void whatWasCommittedSurvivesAKilledServer() throws Exception {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(folder)) {
            execute(first, "create table note (text text)");
            execute(first, "insert into note values ('kept')");
            assertEquals("on", value(first, "show fsync"));
            ProcessHandle killed = ProcessHandle.of(first.pid()).orElseThrow();
            assertTrue(killed.destroyForcibly());
            assertTrue(killed.onExit().get(10, TimeUnit.SECONDS) != null);
        }
        try (EmbeddedPostgres second = EmbeddedPostgres.start(folder)) {
            assertEquals("kept", value(second, "select text from note"));
        }
    }

    @Test
    void aFolderServesOneServerAtATime() {
        try (EmbeddedPostgres first = EmbeddedPostgres.start(folder)) {
            assertTrue(first.pid() > 0);
            assertThrows(RuntimeException.class, () -> EmbeddedPostgres.start(folder));
        }
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }
}
