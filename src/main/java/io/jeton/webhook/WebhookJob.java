package io.jeton.webhook;

import io.jeton.database.DatabaseFailure;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Looks each second for what is due, on every replica; a receiver that is slow keeps no other one waiting. */
@ApplicationScoped
final class WebhookJob {
    private static final Logger LOG = Logger.getLogger(WebhookJob.class);

    private final Webhooks webhooks;
    private final WebhookSender sender;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    WebhookJob(Webhooks webhooks, WebhookSender sender) {
        this.webhooks = webhooks;
        this.sender = sender;
    }

    @Scheduled(every = "1s")
    Uni<Void> run() {
        webhooks.all().stream().filter(webhook -> busy.add(webhook.name())).forEach(this::deliver);
        return Uni.createFrom().voidItem();
    }

    private void deliver(Webhook webhook) {
        sender.deliver(webhook)
                .onTermination()
                .invoke(() -> busy.remove(webhook.name()))
                .subscribe()
                .with(done -> {}, failure -> failed(webhook, failure));
    }

    /** A database that is away is told of once, by the audit trail. */
    private static void failed(Webhook webhook, Throwable failure) {
        if (!DatabaseFailure.isAway(failure)) {
            LOG.errorf("webhook %s is told nothing now: %s", webhook.name(), failure.toString());
        }
    }
}
