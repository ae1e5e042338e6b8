package io.jeton.refresh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.protocol.Scopes;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RefreshTokenRowTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aTokenEndsAtTheInstantOfItsExpiry() {
        assertFalse(row(Optional.empty(), NOW.plusMillis(1)).isExpired());
        assertTrue(row(Optional.empty(), NOW).isExpired());
    }

    @Test
    void aScopeMayNarrowAndNeverWiden() {
        RefreshTokenRow row = row(Optional.empty(), NOW);
        assertTrue(row.covers("a"));
        assertTrue(row.covers("b a"));
        assertFalse(row.covers("a c"));
    }

    @Test
    void aBoundTokenNeedsItsKeyAndAnUnboundOneNone() {
        assertTrue(row(Optional.empty(), NOW).accepts(Optional.empty()));
        assertTrue(row(Optional.empty(), NOW).accepts(Optional.of("k")));
        assertTrue(row(Optional.of("k"), NOW).accepts(Optional.of("k")));
        assertFalse(row(Optional.of("k"), NOW).accepts(Optional.of("other")));
        assertFalse(row(Optional.of("k"), NOW).accepts(Optional.empty()));
    }

    @Test
    void theTokensKeyOrTheClientsConstrains() {
        assertFalse(row(Optional.empty(), NOW).state(false).senderConstrained());
        assertTrue(row(Optional.empty(), NOW).state(true).senderConstrained());
        assertTrue(row(Optional.of("k"), NOW).state(false).senderConstrained());
        assertEquals(7, row(Optional.of("k"), NOW).state(false).generation());
    }

    @Test
    void aClientHasLostWhatWasGrantedWhenItHasNoneOfIt() {
        RefreshTokenRow row = row(Optional.empty(), NOW);
        assertFalse(row.isLost(Scopes.of("b c")));
        assertTrue(row.isLost(Scopes.of("c")));
        assertTrue(row.isLost(Scopes.NONE));
    }

    private static RefreshTokenRow row(Optional<String> key, Instant expiresAt) {
        UUID id = new UUID(1, 2);
        return new RefreshTokenRow(
                id,
                "client",
                Optional.of(id),
                id,
                "a b",
                NOW,
                key,
                3,
                7,
                6,
                0,
                NOW,
                expiresAt,
                false,
                5,
                NOW,
                false,
                Optional.empty());
    }
}
