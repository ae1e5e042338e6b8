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

    ProviderMetadata(Issuer issuer) {
        this.issuer = issuer;
        members.put("issuer", issuer.value());
    }

    /** Announces an endpoint by its path below the issuer. */
    public void endpoint(String name, String path) {
        members.put(name, issuer.uri(path));
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
        return members;
    }
}
