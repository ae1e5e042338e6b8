package io.jeton.test;

import io.jeton.demo.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;

/** Looks into the database behind the service under test, and turns its clock by moving the rows' instants. */
public final class Database {
    private static volatile Place place = new Place(PostgresResource::server, "postgres");

    private Database() {}

    private record Place(Supplier<EmbeddedPostgres> server, String database) {
        Connection connect() throws SQLException {
            return server.get().connect(database);
        }
    }

    /** Looks into a database of the tests' server from now on. */
    public static void use(String database) {
        use(PostgresResource::server, database);
    }

    /** Looks into a database of another server from now on. */
    public static void use(Supplier<EmbeddedPostgres> server, String database) {
        place = new Place(server, database);
    }

    /** The database of the service under test. */
    public static String name() {
        return place.database();
    }

    /** The rows of a query, each a map from column to value. */
    public static List<Map<String, Object>> query(String sql, Object... parameters) {
        return rows(place, sql, parameters);
    }

    /** The rows of a query in another database of the tests' server. */
    public static List<Map<String, Object>> in(String database, String sql, Object... parameters) {
        return rows(new Place(PostgresResource::server, database), sql, parameters);
    }

    private static List<Map<String, Object>> rows(Place place, String sql, Object... parameters) {
        try (Connection connection = place.connect();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<Map<String, Object>> all = new ArrayList<>();
            while (rows.next()) {
                Map<String, Object> row = new TreeMap<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.put(rows.getMetaData().getColumnName(column), rows.getObject(column));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The only row of a query. */
    public static Map<String, Object> one(String sql, Object... parameters) {
        List<Map<String, Object>> rows = query(sql, parameters);
        if (rows.size() != 1) {
            throw new AssertionError("expected one row, found " + rows.size());
        }
        return rows.get(0);
    }

    /** Changes rows; returns how many. */
    public static int update(String sql, Object... parameters) {
        try (Connection connection = place.connect();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does something while another transaction holds the locks of a query. */
    public static <T> T whileLocked(String query, Callable<T> action) throws Exception {
        try (Connection connection = place.connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(query);
                return action.call();
            } finally {
                connection.rollback();
            }
        }
    }

    /**
     * Does something while the disk is full for new rows of a table that meet a condition, and for no others.
     *
     * @param condition of the row {@code new}
     */
    public static void whileFull(String table, String condition, Runnable action) {
        update("create or replace function disk_full() returns trigger language plpgsql as $$ begin"
                + " raise exception 'no space left on device' using errcode = 'disk_full'; end $$");
        update("create trigger disk_full before insert on " + table + " for each row when (" + condition
                + ") execute function disk_full()");
        try {
            action.run();
        } finally {
            update("drop trigger disk_full on " + table);
            update("drop function disk_full()");
        }
    }

    /** Brings a new database to the present schema. */
    public static void migrate(String database) {
        Flyway.configure()
                .dataSource(
                        PostgresResource.server().jdbcUrl(database),
                        PostgresResource.server().user(),
                        PostgresResource.server().password())
                .load()
                .migrate();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
