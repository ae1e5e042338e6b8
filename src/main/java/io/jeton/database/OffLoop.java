package io.jeton.database;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Slow work on a worker thread, and back to the event loop of whoever asked, where its trace is. */
public final class OffLoop {
    private OffLoop() {}

    public static <T> Uni<T> call(Supplier<T> work) {
        return call(Infrastructure.getDefaultWorkerPool(), work);
    }

    /** @param workers whose threads do it */
    public static <T> Uni<T> call(Executor workers, Supplier<T> work) {
        return Uni.createFrom().deferred(() -> {
            Context context = Vertx.currentContext();
            Uni<T> done = Uni.createFrom().item(work).runSubscriptionOn(workers);
            return context == null ? done : done.emitOn(command -> context.runOnContext(ignored -> command.run()));
        });
    }
}
