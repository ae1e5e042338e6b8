package io.jeton.mtls;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks whoever connects by TLS for a certificate, and takes none for an answer: most clients have none. */
@ApplicationScoped
final class HttpsListener implements HttpServerOptionsCustomizer {
    private final MtlsConfig config;

    HttpsListener(MtlsConfig config) {
        this.config = config;
    }

    /** The framework's own property for this is fixed when it is built. */
    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        if (config.direct()) {
            options.setClientAuth(ClientAuth.REQUEST);
        }
    }
}
