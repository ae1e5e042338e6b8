package io.jeton.protocol;

import java.util.Set;

/** The grant types that are installed: {@code grant_types_supported} of RFC 8414 §2. */
public record GrantTypes(Set<GrantType> values) {
    public boolean contains(String value) {
        return values.contains(new GrantType(value));
    }
}
