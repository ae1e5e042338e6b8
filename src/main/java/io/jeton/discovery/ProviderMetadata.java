package io.jeton.discovery;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The metadata document while it is put together: RFC 8414 §2, OpenID Connect Discovery §3. */
public final class ProviderMetadata {
    private static final String ISSUER = "issuer";

    private final Issuer issuer;
    /** The issuer, and the rest by name: replicas say the same, byte for byte, in whatever order their builds contribute. */
    private final TreeMap<String, Object> members = new TreeMap<>(
            Comparator.comparing((String name) -> !name.equals(ISSUER)).thenComparing(Comparator.naturalOrder()));

    private final Map<String, String> endpoints = new TreeMap<>();
    private final Map<String, String> bases = new TreeMap<>();

    ProviderMetadata(Issuer issuer) {
        this.issuer = issuer;
        members.put(ISSUER, issuer.value());
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
        Set<String> all = new TreeSet<>();
        if (members.get(name) instanceof Collection<?> present) {
            present.forEach(value -> all.add(value.toString()));
        }
        all.addAll(values);
        members.put(name, all);
    }

    Map<String, Object> members() {
        Map<String, Object> all = new TreeMap<>(members);
        bases.forEach((name, base) -> all.put(name, below(base)));
        return all;
    }

    /** Documents are the same everywhere. */
    private Map<String, String> below(String base) {
        Map<String, String> aliases = new TreeMap<>();
        endpoints.forEach((name, path) -> {
            if (name.endsWith("_endpoint")) {
                aliases.put(name, base + path);
            }
        });
        return aliases;
    }
}
