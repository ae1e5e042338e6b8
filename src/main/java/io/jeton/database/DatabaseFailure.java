package io.jeton.database;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells a database that is away from a mistake of ours. */
public final class DatabaseFailure {
    /**
     * Classes and codes of SQLSTATE (PostgreSQL manual, appendix A): connection exception, invalid authorization (a
     * password was changed), no such database, transaction rollback (a deadlock, a conflict), insufficient resources,
     * operator intervention, system error; read-only transaction, lock not available, no privilege, no such table (a
     * restore is under way).
     */
    private static final Set<String> AWAY = Set.of("08", "28", "3D", "40", "53", "57", "58");

    private static final Set<String> AWAY_CODES = Set.of("25006", "55P03", "42501", "42P01");

    /** Of a connection: the database is closed to them, since another is put in its place. Of a statement it is a mistake. */
    private static final String NOT_IN_PREREQUISITE_STATE = "55000";

    private static final String POOL_TIMEOUT = "Timeout";

    private DatabaseFailure() {}

    /** Whether the failure means that the same request may succeed later, unchanged. */
    public static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refused) {
                String state = String.valueOf(refused.getSqlState());
                return AWAY_CODES.contains(state)
                        || (state.length() == 5 && AWAY.contains(state.substring(0, 2)))
                        || (state.equals(NOT_IN_PREREQUISITE_STATE) && "FATAL".equals(refused.getSeverity()));
            }
            if (isOurMistake(cause)) {
                return false;
            }
            // The last is how Vert.x says that a pooled connection had just been closed.
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof VertxException
                    || cause instanceof NoStackTraceThrowable
                    || POOL_TIMEOUT.equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    /** A parameter of the wrong type; the message holds its value, and must not be logged. */
    public static boolean isOurMistake(Throwable failure) {
        return failure instanceof NoStackTraceThrowable
                && String.valueOf(failure.getMessage()).startsWith("Parameter at position");
    }
}
