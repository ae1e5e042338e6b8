package io.jeton.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Writes every audit event as one line. */
@ApplicationScoped
public final class AuditLog {
    private static final Logger LOG = Logger.getLogger("io.jeton.audit");

    void onEvent(@Observes AuditEvent event) {
        LOG.infof("%s client=%s subject=%s", event.type(), event.client(), event.subject());
    }
}
