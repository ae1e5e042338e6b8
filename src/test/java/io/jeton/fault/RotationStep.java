package io.jeton.fault;

import io.jeton.test.Database;
import io.jeton.test.Replica;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Where a rotation can end in the middle: the change of a row, or the commit of them all. */
enum RotationStep {
    ACTIVATE("before update", "when (new.state = 'ACTIVE' and old.state = 'PENDING')"),
    COMMIT("after insert", ""),
    PUBLISH("before insert", "when (new.state = 'PENDING')"),
    RETIRE("before update", "when (new.state = 'RETIRED')"),
    DELETE("before delete", "");

    /** For the longest rotation period that is played, and the time by which two clocks differ in it. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int LOCK = 4711;

    private final String moment;
    private final String condition;

    RotationStep(String moment, String condition) {
        this.moment = moment;
        this.condition = condition;
    }

    /** What is done to the replica that rotates. */
    interface Fault {
        void play(Replica leader) throws Exception;
    }

    /** Holds whichever replica comes to this step first, plays the fault, and lets go. */
    void play(Replicas replicas, Fault fault) throws Exception {
        try (Connection connection = replicas.server().connect(replicas.database());
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + LOCK + ")");
            statement.execute("create or replace function held() returns trigger language plpgsql as $$ begin"
                    + " perform pg_advisory_xact_lock(" + LOCK + "); return coalesce(new, old); end $$");
            statement.execute("create " + (this == COMMIT ? "constraint " : "") + "trigger held " + moment
                    + " on signing_key " + (this == COMMIT ? "deferrable initially deferred " : "")
                    + "for each row " + condition + " execute function held()");
            fault.play(replicas.named(held(statement)));
            statement.execute("select pg_advisory_unlock(" + LOCK + ")");
            statement.execute("drop trigger held on signing_key");
        }
    }

    /** The keys that sign now, as one value to compare. */
    static Object active() {
        return Database.one("select string_agg(kid, ' ' order by kid) as kids from signing_key where state = 'ACTIVE'")
                .get("kids");
    }

    private static String held(Statement statement) throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try (ResultSet rows = statement.executeQuery("select a.application_name from pg_locks l"
                    + " join pg_stat_activity a using (pid) where l.locktype = 'advisory' and not l.granted"
                    + " and l.objid = " + LOCK)) {
                if (rows.next()) {
                    return rows.getString(1);
                }
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("no replica comes to this step");
    }
}
