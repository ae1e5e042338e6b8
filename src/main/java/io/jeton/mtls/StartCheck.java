package io.jeton.mtls;

import io.jeton.http.RemoteAddress;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Stops a start with settings by which no certificate would come, or anybody's would be believed. */
@ApplicationScoped
final class StartCheck {
    private static final int BEFORE_DECLARATIONS = 10;
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");

    private final MtlsConfig config;
    private final RemoteAddress remoteAddress;
    private final TlsConfigurationRegistry registry;
    private final VertxHttpConfig http;

    StartCheck(
            MtlsConfig config, RemoteAddress remoteAddress, TlsConfigurationRegistry registry, VertxHttpConfig http) {
        this.config = config;
        this.remoteAddress = remoteAddress;
        this.registry = registry;
        this.http = http;
    }

    void start(@Observes @Priority(BEFORE_DECLARATIONS) StartupEvent event) {
        List<String> wrong = problems(
                config,
                remoteAddress.trustsProxies(),
                http.tlsConfigurationName().flatMap(registry::get).filter(TlsConfiguration::isTrustAll),
                config.authorities().flatMap(registry::get).map(TlsConfiguration::getTrustStore));
        if (!wrong.isEmpty()) {
            throw new ConfigurationException(String.join("\n", wrong));
        }
    }

    /**
     * All that is wrong.
     *
     * @param listener the TLS configuration of the HTTPS listener, where it takes every certificate
     * @param authorities the trust store of the TLS configuration that {@code jeton.mtls.authorities} names
     */
    static List<String> problems(
            MtlsConfig config,
            boolean trustsProxies,
            Optional<TlsConfiguration> listener,
            Optional<KeyStore> authorities) {
        List<String> wrong = new ArrayList<>();
        if (config.direct() && listener.isEmpty()) {
            wrong.add("jeton.mtls.direct needs a TLS configuration of the listener's own that refuses no certificate:"
                    + " set quarkus.http.tls-configuration-name=https, and beside the key store of quarkus.tls.https"
                    + " quarkus.tls.https.trust-all=true; Jeton decides for each client which certificate counts");
        }
        if (config.header().isPresent() && !trustsProxies) {
            wrong.add("jeton.mtls.header is believed from trusted proxies alone: set jeton.http.trusted-proxies");
        }
        if (config.header().filter(name -> !HEADER_NAME.matcher(name).matches()).isPresent()) {
            wrong.add("jeton.mtls.header must be the name of a header, as Client-Cert");
        }
        if (config.authorities().isPresent()
                && authorities.filter(CertificationPath::isPossible).isEmpty()) {
            wrong.add(
                    "jeton.mtls.authorities must be the name of a TLS configuration whose trust store has an authority's"
                            + " certificate (CA:TRUE): set for authorities=clients"
                            + " quarkus.tls.clients.trust-store.pem.certs=/path/of/authorities.pem");
        }
        if (config.endpointBase().filter(base -> !isBase(base)).isPresent()) {
            wrong.add("jeton.mtls.endpoint-base must be an https URL without query and fragment, for example"
                    + " https://mtls.tokens.example.com");
        }
        return wrong;
    }

    private static boolean isBase(String base) {
        try {
            URI uri = URI.create(base);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
