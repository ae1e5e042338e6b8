package io.jeton.client;

import io.jeton.discovery.Issuer;
import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PublicJwkSet;
import io.jeton.jose.SignedJwt;
import io.jeton.managed.Violation;
import io.jeton.managed.Violations;
import io.jeton.mtls.CertificateAuthorities;
import io.jeton.mtls.CertificateSubject;
import io.jeton.mtls.CertificateSubject.Kind;
import io.jeton.mtls.ClientCertificates;
import io.jeton.protocol.GrantTypes;
import io.jeton.protocol.OAuthException;
import io.jeton.protocol.Scopes;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a client must be like: one set of rules, wherever its description comes from. Without I/O. */
@ApplicationScoped
public final class ClientRules {
    private static final int LEAST_SECRET = 32;
    private static final int LONGEST_SECRET = 1024;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_KEY_SET = 64 * 1024;
    private static final int LONGEST_LIST = 4096;
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final List<String> ALGORITHMS = List.of("ES256", "RS256", "EdDSA");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String METHOD = "token-endpoint-auth-method";
    private static final String CERTIFICATE_BOUND = "tls-client-certificate-bound-access-tokens";
    private static final String CERTIFICATES =
            "certificates, which do not come here: set jeton.mtls.direct or jeton.mtls.header";
    private static final String FOR_KEYS = "is for the methods private_key_jwt and self_signed_tls_client_auth alone";

    /** RFC 6749 appendix A.1: VSCHAR; the length keeps codes and tokens small. */
    private static final Pattern ID = Pattern.compile("[\\x20-\\x7E]{1,100}");

    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7E]+");

    private final Issuer issuer;
    private final LifetimeLimits limits;
    private final GrantTypes installed;
    private final ClientCertificates certificates;
    private final CertificateAuthorities authorities;

    ClientRules(
            Issuer issuer,
            LifetimeLimits limits,
            GrantTypes installed,
            ClientCertificates certificates,
            CertificateAuthorities authorities) {
        this.issuer = issuer;
        this.limits = limits;
        this.installed = installed;
        this.certificates = certificates;
        this.authorities = authorities;
    }

    /** All that is wrong with a description that comes with its secret. */
    public List<Violation> violations(DeclaredClient client) {
        Violations found = check(client.specification());
        AuthMethod.find(client.specification().authentication().method())
                .ifPresent(method -> checkSecret(found, method, client.secret()));
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
        checkAuthentication(found, client.authentication());
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

    private static void checkSecret(Violations found, AuthMethod method, Optional<String> secret) {
        int length = secret.map(String::length).orElse(0);
        if (method.hasSecret()) {
            found.require(
                    length >= LEAST_SECRET && length <= LONGEST_SECRET,
                    "secret",
                    "must be given for the method " + method.value()
                            + ": at least 32 random characters, made with \"openssl rand -hex 32\"");
        } else {
            found.require(
                    length == 0,
                    "secret",
                    "must not be given: a client with the method " + method.value() + " has no secret");
        }
    }

    private void checkAuthentication(Violations found, ClientSpecification.Authentication said) {
        Optional<AuthMethod> method = AuthMethod.find(said.method());
        found.require(method.isPresent(), METHOD, "must be one of " + AuthMethod.supported(certificates.areTaken()));
        method.ifPresent(known -> checkCertificate(found, known, said.subjects()));
        boolean signs = method.filter(AuthMethod::hasKeys).isPresent();
        boolean inline = said.jwks().isPresent();
        boolean linked = said.jwksUri().isPresent();
        found.require(!signs || inline || linked, "jwks", "or jwks-uri must be given for the method " + said.method());
        found.require(!(inline && linked), "jwks", "and jwks-uri must not be given both");
        found.require(signs || !inline, "jwks", FOR_KEYS);
        found.require(signs || !linked, "jwks-uri", FOR_KEYS);
        said.jwks().ifPresent(jwks -> checkKeys(found, jwks));
        found.require(
                said.jwksUri().filter(uri -> !isKeyAddress(uri)).isEmpty(),
                "jwks-uri",
                "must be an https address without user, password and fragment");
    }

    private void checkCertificate(Violations found, AuthMethod method, List<CertificateSubject> subjects) {
        boolean byAuthority = method == AuthMethod.TLS_CLIENT_AUTH;
        found.require(!method.hasCertificate() || certificates.areTaken(), METHOD, "needs " + CERTIFICATES);
        found.require(
                !byAuthority || authorities.areKnown(),
                METHOD,
                "needs jeton.mtls.authorities, those who issue the certificates");
        found.require(
                !byAuthority || subjects.size() == 1,
                Kind.SUBJECT_DN.property(),
                "or one of tls-client-auth-san-dns, -san-uri, -san-ip and -san-email must be given for the method"
                        + " tls_client_auth, exactly one");
        for (CertificateSubject subject : subjects) {
            String path = subject.kind().property();
            found.require(byAuthority, path, "is for the method tls_client_auth alone");
            subject.violation().ifPresent(rule -> found.require(false, path, rule));
            found.require(subject.value().length() <= LONGEST_LIST, path, "must not be longer than 4096 characters");
        }
    }

    private static void checkKeys(Violations found, String jwks) {
        if (jwks.length() > LONGEST_KEY_SET) {
            found.require(false, "jwks", "must not be longer than 65536 characters");
            return;
        }
        try {
            var unused = PublicJwkSet.read(jwks);
        } catch (InvalidJwtException e) {
            found.require(false, "jwks", "must be a set of public keys (RFC 7517): " + e.getMessage());
        }
    }

    /** https; plain http where nothing leaves this machine: the issuer and the address are both on it. */
    private boolean isKeyAddress(String address) {
        try {
            URI uri = new URI(address);
            String host = String.valueOf(uri.getHost());
            boolean plain = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            boolean local = "http".equals(uri.getScheme())
                    && LOOPBACK.contains(host)
                    && LOOPBACK.contains(
                            String.valueOf(URI.create(issuer.value()).getHost()));
            return plain && address.length() <= LONGEST_LIST && ("https".equals(uri.getScheme()) || local);
        } catch (URISyntaxException e) {
            return false;
        }
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
        found.require(
                !tokens.certificateBound() || certificates.areTaken(), CERTIFICATE_BOUND, "needs " + CERTIFICATES);
        found.require(
                !(tokens.certificateBound() && tokens.dpopBound()),
                CERTIFICATE_BOUND,
                "and dpop-bound-access-tokens must not be given both: a token is bound to one thing");
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
