package io.jeton.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The audit trail. */
@ConfigMapping(prefix = "jeton.audit")
interface AuditConfig {
    /** How long an event is kept in the table: a day at the least. */
    @WithDefault("P400D")
    Duration retention();
}
