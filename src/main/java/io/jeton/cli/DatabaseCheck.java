package io.jeton.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What the database says of itself, asked past every pool: it may be what keeps the service from starting. */
final class DatabaseCheck {
    static final String DATABASE = "database";
    static final String CLOCK = "clock (database)";
    private static final int OLDEST = 150_000;

    private static final String QUESTION = """
            select current_setting('server_version_num')::int, current_setting('server_version'),
                coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false),
                inet_server_addr() is null or inet_server_addr() << '127.0.0.0/8' or host(inet_server_addr()) = '::1',
                to_regclass('audit_event') is not null,
                exists (select from pg_trigger where tgrelid = to_regclass('audit_event')
                    and tgname = 'audit_event_kept' and tgenabled in ('O', 'A')),
                coalesce(has_table_privilege(to_regclass('audit_event'), 'UPDATE, DELETE, TRUNCATE'), false),
                clock_timestamp()""";

    private final Settings settings;
    private final Clock clock;

    DatabaseCheck(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What it says.
     *
     * @param local whether it is on this machine, where nobody listens in between
     * @param kept whether the audit trail is append-only by its trigger
     * @param mayChange whether this role has the privileges that the trigger takes away
     */
    record Facts(
            int version, String name, boolean tls, boolean local, boolean migrated, boolean kept, boolean mayChange) {
        List<Finding> findings() {
            return List.of(ofVersion(), ofTls(), ofAudit());
        }

        private Finding ofVersion() {
            return version >= OLDEST
                    ? Finding.ok(DATABASE, "PostgreSQL " + name + " answers")
                    : Finding.fail(DATABASE, "it is PostgreSQL " + name, "Jeton needs version 15 or newer");
        }

        private Finding ofTls() {
            String check = "database tls";
            if (tls) {
                return Finding.ok(check, "the connection is encrypted");
            }
            return local
                    ? Finding.ok(check, "it is on this machine, without TLS")
                    : Finding.warn(
                            check,
                            "the connection is in the clear",
                            "set ssl-mode verify-full with the authority's certificate, as k8s/components/postgres does");
        }

        private Finding ofAudit() {
            String check = "audit trail";
            if (!migrated) {
                return Finding.warn(check, "there is none yet", "run migrate, or start the service");
            }
            if (!kept && mayChange) {
                return Finding.fail(
                        check,
                        "it can be changed: its trigger is gone or switched off",
                        "alter table audit_event enable trigger audit_event_kept; then find out who did that");
            }
            return Finding.ok(
                    check,
                    "append-only"
                            + (mayChange
                                    ? " by its trigger, which this role could switch off"
                                    : ": this role can neither change nor delete"));
        }
    }

    Check check() {
        return new Check(
                DATABASE,
                "is it up, and do QUARKUS_DATASOURCE_REACTIVE_URL, _USERNAME and _PASSWORD lead there from here?",
                this::look);
    }

    private List<Finding> look() throws SQLException {
        String url = settings.jdbcUrl().orElseThrow(() -> new SQLException("no database is configured"));
        try (Connection connection = DriverManager.getConnection(url, settings.jdbcProperties());
                Statement statement = connection.createStatement()) {
            Instant before = clock.instant();
            try (ResultSet row = statement.executeQuery(QUESTION)) {
                boolean unused = row.next();
                Instant there = row.getObject(8, OffsetDateTime.class).toInstant();
                Duration difference = Duration.between(there, middle(before, clock.instant()));
                List<Finding> findings = new ArrayList<>(facts(row).findings());
                findings.add(PublicChecks.difference(CLOCK, difference, settings.skew()));
                return findings;
            }
        }
    }

    private static Facts facts(ResultSet row) throws SQLException {
        return new Facts(
                row.getInt(1),
                row.getString(2),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getBoolean(7));
    }

    private static Instant middle(Instant from, Instant to) {
        return from.plus(Duration.between(from, to).dividedBy(2));
    }
}
