package io.jeton.status;

import io.jeton.http.PublicDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A status list as it is served: signed, and complete with what must be known to keep it. Immutable. */
final class StatusListToken {
    /** What decides, beside the entries, whether the token is still the one that would be made now. */
    record Signing(String kid, long period, Instant expiresAt) {
        boolean counts(Signing now) {
            return kid.equals(now.kid) && period == now.period;
        }
    }

    private final long[] entries;
    private final String lst;
    private final Signing signing;
    private final PublicDocument document;

    StatusListToken(long[] entries, String lst, Signing signing, PublicDocument document) {
        this.entries = entries.clone();
        this.lst = lst;
        this.signing = signing;
        this.document = document;
    }

    /** Whether it is what would be made now. */
    boolean isCurrent(long[] present, Signing now) {
        return signing.counts(now) && Arrays.equals(entries, present);
    }

    /** The compressed statuses, where these are the entries: signing anew need not compress anew. */
    @Nullable
    String lstOf(long[] present) {
        return Arrays.equals(entries, present) ? lst : null;
    }

    String kid() {
        return signing.kid();
    }

    /** How long it counts yet; zero or less where it has expired. */
    Duration remaining(Instant now) {
        return Duration.between(now, signing.expiresAt());
    }

    PublicDocument document() {
        return document;
    }
}
