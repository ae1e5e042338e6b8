package io.jeton.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "08P01", "53100", "53300", "57P01", "57P02", "57P03", "57014", "58030", "25006", "40001",
                "40P01", "55P03", "28P01", "28000", "3D000", "42501", "42P01"
            })
    void whatPassesIsAway(String sqlState) {
        assertTrue(DatabaseFailure.isAway(refusal(sqlState)));
        assertTrue(DatabaseFailure.isAway(new CompletionException(refusal(sqlState))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23503", "22003", "22021", "42601", "25P02", "55000", "XX000", "", "5"})
    void aMistakeOfOursIsNone(String sqlState) {
        assertFalse(DatabaseFailure.isAway(refusal(sqlState)));
        assertFalse(DatabaseFailure.isAway(new IllegalStateException(refusal(sqlState))));
    }

    @Test
    void aDatabaseThatIsClosedToConnectionsIsAway() {
        assertTrue(DatabaseFailure.isAway(new PgException("?", "FATAL", "55000", null)));
    }

    @Test
    void aRefusalWithoutACodeIsNone() {
        assertFalse(DatabaseFailure.isAway(new PgException("?", "ERROR", null, null)));
    }

    @Test
    void aLostOrRefusedConnectionIsAway() {
        assertTrue(DatabaseFailure.isAway(new ConnectException("Connection refused")));
        assertTrue(DatabaseFailure.isAway(new IOException("Connection reset by peer")));
        assertTrue(DatabaseFailure.isAway(ClosedConnectionException.INSTANCE));
        assertTrue(DatabaseFailure.isAway(new VertxException("Connection was closed", true)));
        assertTrue(DatabaseFailure.isAway(new TimeoutException()));
        assertTrue(DatabaseFailure.isAway(new RuntimeException("Timeout")));
        assertTrue(DatabaseFailure.isAway(
                new NoStackTraceThrowable("Connection is not active now, current status: CLOSED")));
        assertTrue(DatabaseFailure.isAway(new IllegalStateException("wrapped", new ConnectException("refused"))));
    }

    @Test
    void anyOtherFaultIsNone() {
        assertFalse(DatabaseFailure.isAway(new NullPointerException()));
        assertFalse(DatabaseFailure.isAway(new IllegalStateException("a timeout of another kind")));
    }

    private static PgException refusal(String sqlState) {
        return new PgException("?", "ERROR", sqlState, null);
    }
}
