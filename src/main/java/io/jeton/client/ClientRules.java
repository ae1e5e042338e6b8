package io.jeton.client;

import io.jeton.discovery.Issuer;
import io.jeton.jose.SignedJwt;
import io.jeton.managed.Violation;
import io.jeton.managed.Violations;
import io.jeton.protocol.GrantTypes;
import io.jeton.protocol.OAuthException;
import io.jeton.protocol.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What a client must be like: one set of rules, wherever its description comes from. Without I/O. */
@ApplicationScoped
public final class ClientRules {
    static final int LONGEST_LIST = 4096;
    private static final int LONGEST_NAME = 200;
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final List<String> ALGORITHMS = List.of("ES256", "RS256", "EdDSA");

    /** RFC 6749 appendix A.1: VSCHAR; the length keeps codes and tokens small. */
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{1,100}");

    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7E]+");

    private final Issuer issuer;
    private final LifetimeLimits limits;
    private final GrantTypes installed;
    private final AuthenticationRules authentication;

    ClientRules(Issuer issuer, LifetimeLimits limits, GrantTypes installed, AuthenticationRules authentication) {
        this.issuer = issuer;
        this.limits = limits;
        this.installed = installed;
        this.authentication = authentication;
    }

    /** All that is wrong with a description that comes with its secret. */
    public List<Violation> violations(DeclaredClient client) {
        Violations found = check(client.specification());
        AuthenticationRules.checkSecret(found, client);
        return found.found();
    }

    /** All that is wrong with a description whose secret we make. */
    public List<Violation> violations(ClientSpecification client) {
        return check(client).found();
    }

    private Violations check(ClientSpecification client) {
        Violations found = new Violations();
        found.require(ID.matcher(client.id()).matches(), "id", "must be 1 to 100 printable ASCII characters");
        found.require(
                !client.name().isBlank()
                        && client.name().length() <= LONGEST_NAME
                        && client.name().chars().noneMatch(Character::isISOControl),
                "name",
                "must be what a person is shown: 1 to 200 characters, no control characters");
        authentication.check(found, client.authentication());
        checkGrantTypes(found, client.grantTypes());
        checkScopes(found, client.scopes());
        checkWords(found, client.answersFor(), "answers-for");
        checkTokens(found, client.tokens());
        checkLength(found, complete(client));
        checkRefresh(found, client.refresh());
        return found;
    }

    /** The description with what follows from where it is registered: its tokens are for us where it says nothing. */
    ClientSpecification complete(ClientSpecification client) {
        return client.tokens().audience().isEmpty() ? client.withAudience(List.of(issuer.value())) : client;
    }

    private void checkGrantTypes(Violations found, List<String> types) {
        List<String> known =
                installed.values().stream().map(type -> type.value()).sorted().toList();
        found.require(
                types.stream().allMatch(installed::contains), "grant-types", "must be of those installed: " + known);
    }

    private static void checkScopes(Violations found, List<String> scopes) {
        try {
            int unused = Scopes.of(String.join(" ", scopes)).values().size();
        } catch (OAuthException e) {
            found.require(false, "scopes", "must be scopes of RFC 6749: " + e.description());
        }
    }

    private static void checkWords(Violations found, List<String> words, String path) {
        found.require(
                words.stream().allMatch(WORD.asMatchPredicate())
                        && String.join(" ", words).length() <= LONGEST_LIST,
                path,
                "must be of visible ASCII characters, without spaces");
    }

    private void checkTokens(Violations found, Client.TokenPolicy tokens) {
        checkWords(found, tokens.audience(), "audience");
        authentication.checkBinding(found, tokens);
        requireOneOf(found, ALGORITHMS, tokens.accessTokenAlgorithm(), "access-token-alg");
        requireOneOf(found, List.of("at+jwt", "JWT"), tokens.accessTokenType(), "access-token-typ");
        requireOneOf(found, ALGORITHMS, tokens.idTokenAlgorithm(), "id-token-alg");
        requirePositive(found, tokens.accessTokenLifetime(), "access-token-lifetime");
        found.require(
                tokens.accessTokenLifetime().compareTo(limits.longestAccessToken()) <= 0,
                "access-token-lifetime",
                notLonger("jeton.lifetimes.longest-access-token", limits.longestAccessToken()));
    }

    private void checkLength(Violations found, ClientSpecification client) {
        int longest = LongestToken.of(client, issuer.value());
        found.require(
                longest <= SignedJwt.LONGEST,
                "audience",
                "makes access tokens of up to " + longest + " characters, and more than " + SignedJwt.LONGEST
                        + " are not read back: name fewer, or register fewer scopes");
    }

    private void checkRefresh(Violations found, Client.RefreshPolicy refresh) {
        requirePositive(found, refresh.idleLifetime(), "refresh-idle-lifetime");
        found.require(
                refresh.idleLifetime().compareTo(limits.longestRefreshIdle()) <= 0,
                "refresh-idle-lifetime",
                notLonger("jeton.lifetimes.longest-refresh-idle", limits.longestRefreshIdle()));
        requirePositive(found, refresh.absoluteLifetime(), "refresh-absolute-lifetime");
        found.require(
                !refresh.retryWindow().isNegative() && refresh.retryWindow().compareTo(LONGEST) <= 0,
                "retry-window",
                "must not be negative, nor longer than 100 years");
        found.require(refresh.retryLimit() >= 0, "retry-limit", "must not be negative");
    }

    private static void requireOneOf(Violations found, List<String> allowed, String value, String path) {
        found.require(allowed.contains(value), path, "must be one of " + allowed);
    }

    private static void requirePositive(Violations found, Duration duration, String path) {
        found.require(
                duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(LONGEST) <= 0,
                path,
                "must be at least one second, and at most 100 years");
    }

    private static String notLonger(String property, Duration limit) {
        return "must not be longer than " + property + ", here " + limit + ": keys are kept for that long";
    }
}
