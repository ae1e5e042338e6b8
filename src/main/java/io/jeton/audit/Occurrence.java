package io.jeton.audit;

import java.time.Duration;

/** An event and how long ago it happened, by this machine's steady clock. */
public record Occurrence(AuditEvent event, Duration ago) {}
