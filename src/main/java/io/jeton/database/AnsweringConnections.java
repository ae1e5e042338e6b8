package io.jeton.database;

import io.netty.channel.ChannelPipeline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Connections to PostgreSQL that end when nothing answers any more. A machine that is lost closes nothing, and the kernel
 * sends on for a quarter of an hour. The idle timeouts of Vert.x do not help: they only begin to take leave, and the socket stays.
 */
final class AnsweringConnections extends PgConnectionFactory {
    /** The address of a lost machine refuses nothing. Shorter than a request waits: the next attempt may find another. */
    private static final int CONNECT_MILLIS = 5_000;

    private final Duration answerWithin;
    private final Map<JsonObject, NetClient> clients = new ConcurrentHashMap<>();

    AnsweringConnections(
            Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> servers, Duration answerWithin) {
        super((VertxInternal) vertx, servers);
        this.answerWithin = answerWithin;
    }

    /** One whose statements the server ends when this side of it is gone; otherwise they would wait for their locks on and on. */
    @Override
    public Future<SqlConnection> connect(Context context, SqlConnectOptions server) {
        String check = "set client_connection_check_interval = " + answerWithin.toMillis();
        return super.connect(context, server).compose(connection -> connection
                .query(check)
                .execute()
                .map(connection)
                // Not on every platform: it is as it was, then.
                .otherwise(connection));
    }

    @Override
    protected NetClient netClient(NetClientOptions options) {
        NetClientOptions limited = new NetClientOptions(options);
        limited.setConnectTimeout(CONNECT_MILLIS).setReconnectAttempts(0);
        return clients.computeIfAbsent(limited.toJson(), same -> {
            NetClientImpl client = new Client(vertx, limited, clientCloseFuture);
            clientCloseFuture.add(client);
            return client;
        });
    }

    private final class Client extends NetClientImpl {
        Client(VertxInternal vertx, NetClientOptions options, CloseFuture closeFuture) {
            super(vertx, null, options, closeFuture);
        }

        @Override
        protected void initChannel(ChannelPipeline pipeline) {
            super.initChannel(pipeline);
            pipeline.addLast("silence", new SilenceLimit(answerWithin));
        }
    }
}
