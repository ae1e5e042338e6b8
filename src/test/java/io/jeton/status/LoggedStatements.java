package io.jeton.status;

import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.PostgresResource;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the service says to PostgreSQL, as PostgreSQL logs it. */
final class LoggedStatements {
    private LoggedStatements() {}

    /**
     * The statements of something that is done so often, as often as each of them was said: what replicas do by the clock
     * is said less often than that, and so is what only some of the times need.
     */
    static Map<String, Long> during(int times, Runnable action) throws Exception {
        alter("set log_statement = 'all'", "set log_line_prefix = '%d '");
        try {
            // A session hears of it with its next statement: all of the pool have had one when this has passed.
            Eventually.holds(() -> {
                Database.query("select 'marker'");
                return !lines().isEmpty();
            });
            Thread.sleep(500);
            int before = lines().size();
            for (int i = 0; i < times; i++) {
                action.run();
            }
            Eventually.holds(() -> lines().size() >= before + times);
            Thread.sleep(500);
            List<String> said = lines();
            return said.subList(before, said.size()).stream()
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                    .entrySet()
                    .stream()
                    .filter(statement -> statement.getValue() >= times)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } finally {
            alter("reset log_statement", "reset log_line_prefix");
        }
    }

    private static List<String> lines() throws IOException {
        Pattern statement = Pattern.compile(Database.name() + " LOG:  (execute [^:]*|statement): (.*)");
        try (var lines = Files.lines(PostgresResource.log())) {
            return lines.map(statement::matcher)
                    .filter(found -> found.matches())
                    .map(found -> found.group(2))
                    .collect(Collectors.toList());
        }
    }

    private static void alter(String... changes) throws SQLException {
        try (Connection connection = PostgresResource.server().connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String change : changes) {
                statement.execute("alter system " + change);
            }
            statement.execute("select pg_reload_conf()");
        }
    }
}
