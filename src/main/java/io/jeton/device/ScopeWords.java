package io.jeton.device;

import io.jeton.protocol.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What scopes mean, for people. */
@ApplicationScoped
final class ScopeWords {
    private static final String OPENID = "Know which account it is connected to";

    private final DeviceConfig config;

    ScopeWords(DeviceConfig config) {
        this.config = config;
    }

    List<Confirmation.Permission> of(Scopes scopes) {
        return scopes.values().stream().map(this::permission).toList();
    }

    private Confirmation.Permission permission(String scope) {
        String words = config.scopeDescriptions().get(scope);
        if (words == null && scope.equals(Scopes.OPENID)) {
            words = OPENID;
        }
        return new Confirmation.Permission(words == null ? scope : words, words != null);
    }
}
