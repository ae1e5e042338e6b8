package io.jeton.discovery;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;

/** The issuer: fixed by configuration, never taken from a request (RFC 8414 §2, OpenID Connect Discovery §3). */
@ApplicationScoped
public final class Issuer {
    private final String value;
    private final URI uri;

    Issuer(IssuerConfig config) {
        String configured = config.issuer().strip();
        this.value = configured.endsWith("/") ? configured.substring(0, configured.length() - 1) : configured;
        this.uri = parse(value);
    }

    public String value() {
        return value;
    }

    /** The address of something below the issuer. */
    public String uri(String path) {
        return value + path;
    }

    /** The issuer's path, empty where it has none: what every link and cookie of a page begins with. */
    public String path() {
        return uri.getRawPath();
    }

    /** Whether browsers reach us by TLS, so that cookies can be kept to it. */
    public boolean isSecure() {
        return "https".equals(uri.getScheme());
    }

    private static URI parse(String value) {
        try {
            URI uri = URI.create(value);
            if (uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(message(), e);
        }
        throw new ConfigurationException(message());
    }

    private static String message() {
        return "jeton.issuer must be an https URL without query and fragment, for example https://tokens.example.com";
    }
}
