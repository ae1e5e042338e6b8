package io.jeton.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.Occurrence;
import io.jeton.audit.Outbox;
import io.jeton.crypto.Randomness;
import io.jeton.discovery.Issuer;
import io.jeton.protocol.Identifier;
import io.jeton.webhook.DeliveryRepository.Enqueued;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes what is to be delivered beside the audit event it is about: the one is there if the other is. */
@ApplicationScoped
final class WebhookOutbox implements Outbox {
    private final Webhooks webhooks;
    private final DeliveryRepository repository;
    private final Issuer issuer;
    private final Randomness randomness;
    private final Clock clock;
    private final ObjectMapper json;

    WebhookOutbox(
            Webhooks webhooks,
            DeliveryRepository repository,
            Issuer issuer,
            Randomness randomness,
            Clock clock,
            ObjectMapper json) {
        this.webhooks = webhooks;
        this.repository = repository;
        this.issuer = issuer;
        this.randomness = randomness;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public Uni<Void> enqueue(SqlConnection tx, List<Occurrence> events) {
        List<Enqueued> all = events.stream().flatMap(this::deliveries).toList();
        return all.isEmpty() ? Uni.createFrom().voidItem() : repository.insert(tx, all);
    }

    private Stream<Enqueued> deliveries(Occurrence occurrence) {
        return SecurityEvents.name(occurrence.event()).stream().flatMap(name -> webhooks.all().stream()
                .filter(webhook -> webhook.events().contains(name))
                .map(webhook -> delivery(webhook, name, occurrence)));
    }

    private Enqueued delivery(Webhook webhook, String name, Occurrence occurrence) {
        UUID id = randomness.id();
        return new Enqueued(id, webhook.name(), name, write(claims(id, webhook, name, occurrence)));
    }

    /** RFC 8417 §2.2. The jti is the delivery's: what is sent again is the same token, whoever signs it. */
    private Map<String, Object> claims(UUID id, Webhook webhook, String name, Occurrence occurrence) {
        AuditEvent event = occurrence.event();
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer.value());
        claims.put("aud", webhook.audience());
        claims.put("iat", now.getEpochSecond());
        claims.put("toe", now.minus(occurrence.ago()).getEpochSecond());
        claims.put("jti", Identifier.of(id));
        SecurityEvents.subject(event, issuer.value()).ifPresent(subject -> claims.put("sub_id", subject));
        claims.put("events", Map.of(issuer.uri("/events/" + name), SecurityEvents.payload(event)));
        return claims;
    }

    private String write(Map<String, Object> claims) {
        try {
            return json.writeValueAsString(claims);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims that are not JSON", e);
        }
    }
}
