package io.jeton.webhook;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.protocol.Identifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of the audit trail can be told, and in which words: the {@code events} of RFC 8417 §2.2. */
final class SecurityEvents {
    static final String KEY_ROTATED = "key.rotated";
    /** The secret that seals our own tokens: no receiver verifies anything with it. */
    private static final String NOT_A_SIGNING_KEY = "HMAC";

    private SecurityEvents() {}

    /** The names that a receiver may ask for. */
    static Set<String> names() {
        return Arrays.stream(EventType.values())
                .filter(type -> type != EventType.WEBHOOK_FAILED)
                .map(type -> type == EventType.KEY_ACTIVATED ? KEY_ROTATED : type.value())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a receiver knows it by; nothing where nobody is told. */
    static Optional<String> name(AuditEvent event) {
        return switch (event.type()) {
            case WEBHOOK_FAILED -> Optional.empty();
            case KEY_ACTIVATED ->
                NOT_A_SIGNING_KEY.equals(event.reason()) ? Optional.empty() : Optional.of(KEY_ROTATED);
            default -> Optional.of(event.type().value());
        };
    }

    /** The same ids that stand in access tokens. */
    static Map<String, Object> payload(AuditEvent event) {
        Map<String, Object> payload = new LinkedHashMap<>();
        boolean key = event.type().value().startsWith("key.");
        put(payload, "device_id", identifier(event.device()));
        put(payload, "client_id", event.client());
        put(payload, "sub", identifier(event.account()));
        put(payload, key ? "kid" : "subject", event.subject());
        put(payload, key ? "alg" : "reason", event.reason());
        if (event.occurrences() > 1) {
            payload.put("occurrences", event.occurrences());
        }
        return payload;
    }

    /** Whom it is about: RFC 9493 §3.2, the device where it is one's, else the person. */
    static Optional<Map<String, Object>> subject(AuditEvent event, String issuer) {
        UUID device = event.device();
        UUID account = event.account();
        if (device != null) {
            return Optional.of(Map.of("format", "opaque", "id", Identifier.of(device)));
        }
        return account == null
                ? Optional.empty()
                : Optional.of(Map.of("format", "iss_sub", "iss", issuer, "sub", Identifier.of(account)));
    }

    private static @Nullable String identifier(@Nullable UUID id) {
        return id == null ? null : Identifier.of(id);
    }

    private static void put(Map<String, Object> payload, String name, @Nullable Object value) {
        if (value != null) {
            payload.put(name, value);
        }
    }
}
