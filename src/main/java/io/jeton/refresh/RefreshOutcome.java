package io.jeton.refresh;

import io.jeton.audit.AuditEvent;
import io.jeton.grant.IssuedRefreshToken;
import java.util.Optional;

/** What a refresh came to. */
sealed interface RefreshOutcome {
    record Refreshed(RefreshTokenRow row, IssuedRefreshToken token) implements RefreshOutcome {}

    /** The same, of a token that the row knew nothing of: a backup was restored. */
    record Ahead(Refreshed refreshed) implements RefreshOutcome {}

    /** @param told what the trail says of it, written with the revocation */
    record Reused(AuditEvent told) implements RefreshOutcome {}

    /** More is asked for than was granted, or than the client may still have of it. */
    record ScopeExceeded(String why) implements RefreshOutcome {}

    /** The device may not act now, and shall keep its token. */
    record Suspended() implements RefreshOutcome {}

    /** @param told what the trail says of it, where it is worth a word */
    record Dead(String why, Optional<AuditEvent> told) implements RefreshOutcome {}
}
