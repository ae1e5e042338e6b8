package io.jeton.discovery;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The metadata document while it is put together: RFC 8414 §2, OpenID Connect Discovery §3. */
public final class ProviderMetadata {
    private final Issuer issuer;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Map<String, String> endpoints = new LinkedHashMap<>();
    private final Map<String, String> bases = new LinkedHashMap<>();

    ProviderMetadata(Issuer issuer) {
        this.issuer = issuer;
        members.put("issuer", issuer.value());
    }

    /** Announces an endpoint by its path below the issuer. */
    public void endpoint(String name, String path) {
        members.put(name, issuer.uri(path));
        endpoints.put(name, path);
    }

    /** Says that something is so. */
    public void flag(String name) {
        members.put(name, true);
    }

    /** Announces all endpoints once more, below another address than the issuer (RFC 8705 §5). */
    public void aliases(String name, String base) {
        bases.put(name, base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    }

    /** Adds values to a list, which several contributors may do. */
    public void values(String name, Collection<String> values) {
        Set<String> all = new LinkedHashSet<>();
        if (members.get(name) instanceof Collection<?> present) {
            present.forEach(value -> all.add(value.toString()));
        }
        all.addAll(values);
        members.put(name, all);
    }

    Map<String, Object> members() {
        Map<String, Object> all = new LinkedHashMap<>(members);
        bases.forEach((name, base) -> all.put(name, below(base)));
        return all;
    }

    /** Documents are the same everywhere. */
    private Map<String, String> below(String base) {
        Map<String, String> aliases = new LinkedHashMap<>();
        endpoints.forEach((name, path) -> {
            if (name.endsWith("_endpoint")) {
                aliases.put(name, base + path);
            }
        });
        return aliases;
    }
}
