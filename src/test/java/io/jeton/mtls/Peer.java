package io.jeton.mtls;

import static io.restassured.RestAssured.given;

import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.config.SSLConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.conn.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who connects: with a certificate or without, as the proxy that is trusted or as anybody.
 *
 * @param url where the service is, without a path
 */
record Peer(String url, @Nullable TestCertificate certificate, String from, Map<String, ?> headers) {
    static final String PROXY = "127.0.0.2";

    Peer(String url) {
        this(url, null, "127.0.0.1", Map.of());
    }

    Peer with(TestCertificate shown) {
        return new Peer(url, shown, from, headers);
    }

    Peer asProxy() {
        return new Peer(url, certificate, PROXY, headers);
    }

    Peer saying(String header, Object value) {
        return new Peer(url, certificate, from, Map.of(header, value));
    }

    Response post(String path, Map<String, String> form) {
        return request()
                .contentType("application/x-www-form-urlencoded")
                .formParams(form)
                .post(url + path);
    }

    Response get(String path, String... authorization) {
        RequestSpecification request = request();
        return (authorization.length == 0 ? request : request.header("Authorization", authorization[0]))
                .get(url + path);
    }

    @SuppressWarnings("deprecation") // What rest-assured takes.
    private RequestSpecification request() {
        try {
            RestAssuredConfig config = RestAssuredConfig.config()
                    .sslConfig(SSLConfig.sslConfig()
                            .sslSocketFactory(new SSLSocketFactory(
                                    context(certificate), SSLSocketFactory.STRICT_HOSTNAME_VERIFIER)))
                    .httpClient(HttpClientConfig.httpClientConfig()
                            .setParam("http.route.local-address", InetAddress.getByName(from)));
            return given().config(config).headers(headers);
        } catch (GeneralSecurityException | UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static SSLContext context(@Nullable TestCertificate certificate) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore believed = TestCertificate.load(Mtls.SERVERS).keyStore();
        believed = withAuthority(believed);
        trust.init(believed);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(certificate), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore withAuthority(KeyStore store) throws GeneralSecurityException {
        store.setCertificateEntry("authority", store.getCertificate("it"));
        return store;
    }

    private static KeyManager @Nullable [] keys(@Nullable TestCertificate certificate) throws GeneralSecurityException {
        if (certificate == null) {
            return null;
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(certificate.keyStore(), TestCertificate.password());
        return keys.getKeyManagers();
    }
}
