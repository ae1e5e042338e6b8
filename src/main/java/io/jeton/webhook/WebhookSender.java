package io.jeton.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.audit.Actor;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.crypto.Randomness;
import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.TokenSigner;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Delivers what is due to one receiver, a few at a time, and notes what became of it. */
@ApplicationScoped
final class WebhookSender {
    /** Longer than a push can take: within it nobody else has the delivery. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private static final String TYPE = "secevent+jwt";
    private static final int GRAINS = 1000;
    /** RFC 8935 §2.4: one of a few words; what a receiver writes beside it stays out of our log. */
    private static final Pattern ERROR = Pattern.compile("\"err\"\\s*:\\s*\"([a-z_]{1,40})\"");

    private final DeliveryRepository repository;
    private final TokenSigner signer;
    private final Push push;
    private final Randomness randomness;
    private final ObjectMapper json;
    private final Event<AuditEvent> audit;

    WebhookSender(
            DeliveryRepository repository,
            TokenSigner signer,
            Push push,
            Randomness randomness,
            ObjectMapper json,
            Event<AuditEvent> audit) {
        this.repository = repository;
        this.signer = signer;
        this.push = push;
        this.randomness = randomness;
        this.json = json;
        this.audit = audit;
    }

    /** Delivers until nothing is due. */
    Uni<Void> deliver(Webhook webhook) {
        return Uni.createFrom()
                .deferred(() -> round(webhook))
                .repeat()
                .whilst(taken -> taken > 0)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Integer> round(Webhook webhook) {
        return repository.take(webhook.name(), Push.MOST_AT_ONCE, LEASE).chain(deliveries -> Multi.createFrom()
                .iterable(deliveries)
                .onItem()
                .transformToUniAndMerge(delivery -> deliver(webhook, delivery))
                .onItem()
                .ignoreAsUni()
                .replaceWith(deliveries.size()));
    }

    private Uni<Boolean> deliver(Webhook webhook, Delivery delivery) {
        return signer.sign(claims(delivery), TYPE, KeyAlgorithm.ES256)
                .chain(token -> push.post(webhook, token))
                .onItemOrFailure()
                .transformToUni((answer, failure) -> answer == null
                        ? note(webhook, delivery, 0, reason(failure))
                        : note(webhook, delivery, answer.status(), reason(answer)));
    }

    private Uni<Boolean> note(Webhook webhook, Delivery delivery, int status, String answer) {
        double random = randomness.below(GRAINS) / (double) GRAINS;
        DeliverySchedule.Next next = DeliverySchedule.decide(delivery, status, random);
        if (next instanceof DeliverySchedule.Next.Delivered) {
            return repository.delivered(delivery, answer);
        } else if (next instanceof DeliverySchedule.Next.Again again) {
            return repository.postpone(delivery, again, answer);
        }
        return repository.failed(delivery, answer).invoke(ended -> {
            if (ended) {
                audit.fire(AuditEvent.refused(EventType.WEBHOOK_FAILED)
                        .withActor(Actor.SYSTEM)
                        .withSubject(delivery.id().toString())
                        .withReason(webhook.name() + " " + delivery.event() + ": " + answer));
            }
        });
    }

    private Map<String, Object> claims(Delivery delivery) {
        try {
            return json.readValue(delivery.claims(), new TypeReference<Map<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims that are not JSON", e);
        }
    }

    private static String reason(Push.Answer answer) {
        Matcher error = ERROR.matcher(answer.body());
        return "HTTP " + answer.status() + (answer.status() == 400 && error.find() ? " " + error.group(1) : "");
    }

    private static String reason(Throwable failure) {
        return failure instanceof TimeoutException
                ? "no answer in time"
                : "not reached: " + failure.getClass().getSimpleName();
    }
}
