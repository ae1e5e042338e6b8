package io.jeton.device;

import io.jeton.protocol.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** What scopes mean, for people. */
@ApplicationScoped
final class ScopeWords {
    private static final Map<String, String> KNOWN = Map.of(
            Scopes.OPENID,
            "Know which account it is connected to",
            "jeton:admin",
            "Administer this token service: every client, device, person and key",
            "jeton:admin:read",
            "See everything that this token service knows of clients, devices and people");

    private final DeviceConfig config;

    ScopeWords(DeviceConfig config) {
        this.config = config;
    }

    List<Confirmation.Permission> of(Scopes scopes) {
        return scopes.values().stream().map(this::permission).toList();
    }

    private Confirmation.Permission permission(String scope) {
        String words = config.scopeDescriptions().get(scope);
        if (words == null) {
            words = KNOWN.get(scope);
        }
        return new Confirmation.Permission(words == null ? scope : words, words != null);
    }
}
