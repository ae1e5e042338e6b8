package io.jeton.database;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Listens for the notifications that the triggers of the registry tables send, on one connection of the pool, and says
 * so to whoever holds a copy. Behind a transaction-pooling proxy nothing arrives: the slow poll of each copy is the
 * safety net.
 */
@ApplicationScoped
public final class ChangeNotifications {
    private static final Logger LOG = Logger.getLogger(ChangeNotifications.class);
    private static final long RECONNECT_MILLIS = Duration.ofSeconds(2).toMillis();

    private final Pool pool;
    private final Vertx vertx;
    private final Event<TableChanged> changes;
    private final long askEveryMillis;
    private final AtomicBoolean waits = new AtomicBoolean();
    private volatile boolean stopped;

    ChangeNotifications(Pool pool, Vertx vertx, Event<TableChanged> changes, DatabaseConfig config) {
        this.pool = pool;
        this.vertx = vertx;
        this.changes = changes;
        this.askEveryMillis = config.answerWithin().toMillis();
    }

    void start(@Observes StartupEvent event) {
        listen();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void listen() {
        pool.getConnection().chain(this::subscribe).subscribe().with(this::listening, failure -> {
            LOG.debugf("cannot listen for changes: %s", failure.getMessage());
            listenLater();
        });
    }

    private Uni<SqlConnection> subscribe(SqlConnection connection) {
        PgConnection listening = (PgConnection) connection.getDelegate();
        listening.notificationHandler(notification -> announce(new TableChanged(notification.getPayload())));
        listening.closeHandler(closed -> listenLater());
        return connection
                .query("listen jeton")
                .execute()
                .replaceWith(connection)
                .onFailure()
                .call(connection::close);
    }

    private void listening(SqlConnection connection) {
        announce(TableChanged.any());
        askLater(connection);
    }

    /** Whoever only listens never notices that nobody speaks: {@link SilenceLimit} sees what is not answered. */
    private void askLater(SqlConnection connection) {
        vertx.setTimer(askEveryMillis, timer -> connection
                .query("select 1")
                .execute()
                .subscribe()
                .with(
                        answer -> askLater(connection),
                        failure -> LOG.debugf("no longer listening: %s", failure.getMessage())));
    }

    /** On a context of its own, as every piece of work has: what traces it belongs to is kept there. */
    private void announce(TableChanged change) {
        Context context =
                VertxContext.createNewDuplicatedContext(vertx.getDelegate().getOrCreateContext());
        context.runOnContext(ignored -> changes.fire(change));
    }

    /** Once, although a connection that is closed before it listens says so twice. */
    private void listenLater() {
        if (!stopped && waits.compareAndSet(false, true)) {
            vertx.setTimer(RECONNECT_MILLIS, timer -> {
                waits.set(false);
                listen();
            });
        }
    }
}
