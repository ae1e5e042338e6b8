package io.jeton.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.protocol.Identifier;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a receiver reads of an event. */
class SecurityEventsTest {
    private static final String ISSUER = "https://id.example.com";
    private final UUID account = UUID.randomUUID();

    @Test
    void whoseAccountWasChangedIsSaidAsItsTokensSayIt() {
        AuditEvent event = AuditEvent.success(EventType.ACCOUNT_CHANGED)
                .withAccount(account)
                .withReason("account.disable");
        String subject = Identifier.of(account);
        assertEquals(Map.of("sub", subject, "reason", "account.disable"), SecurityEvents.payload(event));
        assertEquals(
                Optional.of(Map.of("format", "iss_sub", "iss", ISSUER, "sub", subject)),
                SecurityEvents.subject(event, ISSUER));
    }
}
