package io.jeton.mtls;

import io.jeton.mtls.TestCertificate.Wanted;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.interfaces.ECPublicKey;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;

/** A service that takes certificates: by its own listener, and by the word of a proxy at another address. */
public final class Mtls implements QuarkusTestProfile {
    static final Path FOLDER = Path.of("target", "mtls");
    /** Who issues the service's certificate. */
    static final Path SERVERS = FOLDER.resolve("servers.p12");
    /** Who issues those of clients. */
    static final Path CLIENTS = FOLDER.resolve("clients.p12");
    /** The certificate of {@link #SELF_SIGNED}. */
    static final Path OWN = FOLDER.resolve("own.p12");

    static final String BY_NAME = "vault";
    static final String SELF_SIGNED = "meter";
    static final String PUBLIC = "bare";
    static final String BASE = "https://mtls.example.com";

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Files.createDirectories(FOLDER);
            TestCertificate.authority("Servers").store(SERVERS);
            TestCertificate clients = TestCertificate.authority("Clients");
            clients.store(CLIENTS);
            Files.writeString(FOLDER.resolve("clients.pem"), clients.pem());
            TestCertificate own = TestCertificate.selfSigned("meter");
            own.store(OWN);
            serverCertificate();
            Map<String, String> settings = new HashMap<>(service());
            clients(settings, own);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a new certificate where the service finds it: both files at once, as Kubernetes does, by a symbolic link. */
    static TestCertificate serverCertificate() throws IOException {
        TestCertificate server = TestCertificate.load(SERVERS)
                .issue(Wanted.of("CN=localhost")
                        .forPurposes(TestCertificate.SERVER)
                        .named(2, "localhost"));
        Path folder = Files.createTempDirectory(FOLDER, "server-").toAbsolutePath();
        Files.writeString(folder.resolve("tls.key"), server.keyPem());
        Files.writeString(folder.resolve("tls.crt"), server.pem());
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        Files.move(link, FOLDER.resolve("server"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return server;
    }

    private static Map<String, String> service() {
        return Map.ofEntries(
                Map.entry("quarkus.http.test-ssl-port", "0"),
                Map.entry("quarkus.http.tls-configuration-name", "https"),
                Map.entry("quarkus.tls.https.key-store.pem.0.cert", path("server/tls.crt")),
                Map.entry("quarkus.tls.https.key-store.pem.0.key", path("server/tls.key")),
                Map.entry("quarkus.tls.https.reload-period", "1s"),
                Map.entry("quarkus.tls.https.trust-all", "true"),
                Map.entry("quarkus.tls.clients.trust-store.pem.certs", path("clients.pem")),
                Map.entry("jeton.mtls.direct", "true"),
                Map.entry("jeton.mtls.header", "Client-Cert"),
                Map.entry("jeton.mtls.authorities", "clients"),
                Map.entry("jeton.mtls.endpoint-base", BASE + "/"),
                Map.entry("jeton.http.trusted-proxies", Peer.PROXY));
    }

    private static void clients(Map<String, String> settings, TestCertificate own) {
        String byName = client(settings, BY_NAME, "tls_client_auth");
        settings.put(byName + "tls-client-auth-subject-dn", "CN=vault,O=Example");
        settings.put(byName + "tls-client-certificate-bound-access-tokens", "true");
        settings.put(client(settings, "by-dns", "tls_client_auth") + "tls-client-auth-san-dns", "Vault.example.com");
        settings.put(client(settings, "by-uri", "tls_client_auth") + "tls-client-auth-san-uri", "spiffe://example/a");
        settings.put(client(settings, "by-ip", "tls_client_auth") + "tls-client-auth-san-ip", "2001:db8::1");
        settings.put(
                client(settings, "by-email", "tls_client_auth") + "tls-client-auth-san-email", "Vault@Example.com");
        settings.put(client(settings, SELF_SIGNED, "self_signed_tls_client_auth") + "jwks", jwks(own));
        settings.put(client(settings, PUBLIC, "none") + "tls-client-certificate-bound-access-tokens", "true");
    }

    private static String client(Map<String, String> settings, String id, String method) {
        String prefix = "jeton.clients.\"" + id + "\".";
        String grants = "urn:ietf:params:oauth:grant-type:device_code,refresh_token";
        settings.put(prefix + "name", id);
        settings.put(prefix + "scopes", "openid,telemetry:write");
        settings.put(prefix + "token-endpoint-auth-method", method);
        settings.put(prefix + "grant-types", method.equals("none") ? grants : grants + ",client_credentials");
        return prefix;
    }

    private static String jwks(TestCertificate certificate) {
        var jwk = new EllipticCurveJsonWebKey((ECPublicKey) certificate.leaf().getPublicKey());
        jwk.setCertificateChain(certificate.leaf());
        return "{\"keys\":[" + jwk.toJson(OutputControlLevel.PUBLIC_ONLY) + "]}";
    }

    private static String path(String name) {
        return FOLDER.resolve(name).toAbsolutePath().toString();
    }
}
