package io.jeton.protocol;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A set of scope values in the order they were given: RFC 6749 §3.3. Immutable. */
public record Scopes(Set<String> values) {
    /** {@code openid}, the scope that asks for an ID token: OpenID Connect Core §3.1.2.1. */
    public static final String OPENID = "openid";

    /** The scopes of the admin API: to change things, and to look at them. */
    public static final Set<String> ADMIN = Set.of("jeton:admin", "jeton:admin:read");

    /** What nobody gets who has not asked for it by name. */
    public static final Set<String> ON_DEMAND = Set.of(OPENID, "jeton:admin", "jeton:admin:read");

    public static final Scopes NONE = new Scopes(Set.of());

    /** Every visible ASCII character but the quote and the backslash: {@code rabbitmq.read:*}{@code /*} is a scope. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private static final int LONGEST = 1024;

    public Scopes {
        values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    /**
     * Reads a space-delimited list.
     *
     * @throws OAuthException {@code invalid_scope} where the list breaks the grammar of RFC 6749 §3.3 or is longer than
     *     1024 characters
     */
    public static Scopes parse(String text) {
        if (text.length() > LONGEST) {
            throw new OAuthException(ErrorCode.INVALID_SCOPE, "the scope is longer than 1024 characters");
        }
        List<String> tokens = List.of(text.split(" ", -1));
        if (!tokens.stream().allMatch(TOKEN.asMatchPredicate())) {
            throw new OAuthException(
                    ErrorCode.INVALID_SCOPE, "scope is a list of values, each separated from the next by one space");
        }
        return new Scopes(new LinkedHashSet<>(tokens));
    }

    /** Reads a list from storage or configuration, where an empty one means no scope at all. */
    public static Scopes of(String stored) {
        return stored.isEmpty() ? NONE : parse(stored);
    }

    public boolean contains(String scope) {
        return values.contains(scope);
    }

    public boolean containsAll(Scopes others) {
        return values.containsAll(others.values);
    }

    /** Whether there is one among them that opens the admin API. */
    public boolean openAdministration() {
        return values.stream().anyMatch(ADMIN::contains);
    }

    /**
     * What a request gets which may ask for less than these scopes, never for more (RFC 6749 §3.3, §6).
     *
     * @throws OAuthException {@code invalid_scope} where it asks for more
     */
    public Scopes narrowTo(Scopes requested) {
        if (!containsAll(requested)) {
            throw new OAuthException(ErrorCode.INVALID_SCOPE, "the scope exceeds what was granted or registered");
        }
        return requested;
    }

    public Scopes filter(Predicate<String> keep) {
        return new Scopes(values.stream().filter(keep).collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The list as it goes over the wire. */
    @Override
    public String toString() {
        return String.join(" ", values);
    }
}
