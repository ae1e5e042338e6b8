package io.jeton.webhook;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** All receivers. Made at start, so that a mistake in their configuration ends it. */
@Startup
@ApplicationScoped
final class Webhooks {
    private final List<Webhook> all;

    Webhooks(WebhookConfig config) {
        this.all = config.all().entrySet().stream()
                .map(entry -> Webhook.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<Webhook> all() {
        return all;
    }
}
