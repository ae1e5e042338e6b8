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
    private final Map<String, Object> members = new TreeMap<>(
            Comparator.comparing((String name) -> !name.equals(ISSUER)).thenComparing(Comparator.naturalOrder()));

    ProviderMetadata(Issuer issuer) {
        this.issuer = issuer;
        members.put(ISSUER, issuer.value());
    }

    /** Announces an endpoint by its path below the issuer. */
    public void endpoint(String name, String path) {
        members.put(name, issuer.uri(path));
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
        return members;
    }
}
