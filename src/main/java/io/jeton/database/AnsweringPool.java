package io.jeton.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.spi.ConnectionFactory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/** The pool of the service, in which no dead connection stays. */
@Singleton
final class AnsweringPool implements PgPoolCreator {
    private final Duration answerWithin;

    /** @throws ConfigurationException where no answer could be in time */
    AnsweringPool(DatabaseConfig config) {
        this.answerWithin = config.answerWithin();
        if (answerWithin.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new ConfigurationException(
                    "jeton.database.answer-within must be at least PT1S, here " + answerWithin);
        }
    }

    @Override
    public Pool create(Input input) {
        return new Driver().createPool(input.vertx(), input.pgConnectOptionsList(), input.poolOptions());
    }

    private final class Driver extends PgDriver {
        @Override
        public ConnectionFactory createConnectionFactory(
                Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> servers) {
            return new AnsweringConnections(vertx, servers, answerWithin);
        }
    }
}
