package io.jeton.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;

/** A transaction that somebody else has opened, by whichever client, for one statement more. */
@FunctionalInterface
public interface OpenTransaction {
    /** @param sql with parameters as PostgreSQL has them: {@code $1} */
    Uni<Void> execute(String sql, Tuple parameters);

    static OpenTransaction of(SqlConnection tx) {
        return (sql, parameters) -> tx.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    /** What the session has not flushed comes later than the statement. */
    static OpenTransaction of(Mutiny.Session session) {
        // Its own queries know no arrays; Hibernate has no other way to its connection.
        ReactiveConnection connection = ((MutinySessionImpl) session).getReactiveConnection();
        return (sql, parameters) -> Uni.createFrom()
                .completionStage(() -> connection.update(sql, values(parameters)))
                .replaceWithVoid();
    }

    private static Object[] values(Tuple parameters) {
        Object[] values = new Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters.getValue(i);
        }
        return values;
    }
}
