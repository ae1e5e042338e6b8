package io.jeton.mtls;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jeton.client.ClientRules;
import io.jeton.client.ClientSpecification;
import io.jeton.managed.Violation;
import io.jeton.mtls.TestCertificate.Wanted;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import io.jeton.test.TwoReplicas;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jose4j.json.JsonUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
@TestProfile(Mtls.class)
@DisplayName("RFC 8705: clients that show a certificate")
class MutualTlsTest {
    private static final String VAULT = "CN=vault,O=Example";
    private static final TestCertificate CLIENTS = TestCertificate.load(Mtls.CLIENTS);

    @TestHTTPResource(value = "/", tls = true)
    URI https;

    @Inject
    ClientRules rules;

    private final TestCertificate vault = CLIENTS.issue(Wanted.of(VAULT));

    @Nested
    @DisplayName("§2.1 a certificate that an authority issued")
    class ByAuthority {
        @Test
        void namesTheClient() {
            token(peer().with(vault)).then().statusCode(200).body("token_type", equalTo("Bearer"));
        }

        @Test
        void mayNameItInAnotherSpelling() {
            token(peer().with(CLIENTS.issue(Wanted.of("CN=Vault, O=EXAMPLE"))))
                    .then()
                    .statusCode(200);
        }

        @Test
        void mayComeByAnotherAuthorityInBetween() {
            TestCertificate between = CLIENTS.issue(Wanted.of("CN=Between").asAuthority());
            token(peer().with(between.issue(Wanted.of(VAULT)))).then().statusCode(200);
            refused(token(peer().with(between.issue(Wanted.of(VAULT)).withoutChain())), "no authority");
        }

        @Test
        void isNeeded() {
            refused(token(peer()), "without a client certificate");
            refused(token(new Peer(plain())), "without a client certificate");
        }

        @Test
        void mustBeForThisClient() {
            refused(token(peer().with(CLIENTS.issue(Wanted.of("CN=other,O=Example")))), "does not name");
            refused(token(peer().with(CLIENTS.issue(Wanted.of("CN=other").named(2, "vault")))), "does not name");
        }

        @Test
        void mustBeFromAnAuthorityThatIsTrusted() {
            refused(token(peer().with(TestCertificate.selfSigned(Wanted.of(VAULT)))), "no authority");
            refused(token(peer().with(TestCertificate.authority("Clients").issue(Wanted.of(VAULT)))), "no authority");
            TestCertificate noAuthority = CLIENTS.issue(Wanted.of("CN=other"));
            refused(token(peer().with(noAuthority.issue(Wanted.of(VAULT)))), "no authority");
        }

        @Test
        void mustBeValidNow() {
            refused(token(peer().with(CLIENTS.issue(Wanted.of(VAULT).expired()))), "expired");
        }

        @Test
        void mustBeForClients() {
            refused(
                    token(peer().with(CLIENTS.issue(Wanted.of(VAULT).forPurposes(TestCertificate.SERVER)))),
                    "no authority");
            token(peer().with(CLIENTS.issue(Wanted.of(VAULT).forPurposes())))
                    .then()
                    .statusCode(200);
        }

        @Test
        void isNoneOfTheOtherMethods() {
            Map<String, String> form = new HashMap<>(credentials(Mtls.BY_NAME));
            form.put("client_secret", TestClients.SECRET);
            refused(peer().with(vault).post("/token", form), "unknown client");
            String basic = Base64.getEncoder().encodeToString((Mtls.BY_NAME + ":").getBytes(StandardCharsets.US_ASCII));
            refused(
                    peer().with(vault)
                            .saying("Authorization", "Basic " + basic)
                            .post("/token", Map.of("grant_type", "client_credentials")),
                    "unknown client");
        }

        @ParameterizedTest
        @CsvSource({
            "by-dns, 2, vault.EXAMPLE.com, 200",
            "by-dns, 2, other.example.com, 401",
            "by-dns, 2, *.example.com, 401",
            "by-dns, 6, vault.example.com, 401",
            "by-uri, 6, spiffe://example/a, 200",
            "by-uri, 6, spiffe://example/A, 401",
            "by-ip, 7, 2001:db8::1, 200",
            "by-ip, 7, 2001:db8::2, 401",
            "by-ip, 7, 127.0.0.1, 401",
            "by-email, 1, Vault@example.COM, 200",
            "by-email, 1, vault@example.com, 401",
        })
        @DisplayName("§2.1.2 names it in the field that is registered")
        void namesItInItsField(String client, int tag, String name, int status) {
            TestCertificate certificate = CLIENTS.issue(Wanted.of("CN=vault,O=Example")
                    .named(2, "first.example.org")
                    .named(tag, name));
            peer().with(certificate).post("/token", credentials(client)).then().statusCode(status);
            refused(
                    peer().with(CLIENTS.issue(Wanted.of("CN=Vault.example.com")))
                            .post("/token", credentials(client)),
                    "does not name");
        }
    }

    @Nested
    @DisplayName("§2.2 a certificate that nobody but the client issued")
    class SelfSigned {
        private final TestCertificate own = TestCertificate.load(Mtls.OWN);

        @Test
        void hasARegisteredKey() throws Exception {
            Response tokens = peer().with(own).post("/token", credentials(Mtls.SELF_SIGNED));
            tokens.then().statusCode(200);
            assertNull(claims(tokens).get("cnf"), "it is not registered for bound tokens");
            peer().with(own.certifiedAnew(Wanted.of("CN=renewed")))
                    .post("/token", credentials(Mtls.SELF_SIGNED))
                    .then()
                    .statusCode(200);
        }

        @Test
        void isNothingWithAnotherKey() {
            refused(peer().post("/token", credentials(Mtls.SELF_SIGNED)), "without a client certificate");
            for (TestCertificate other : List.of(TestCertificate.selfSigned("meter"), vault)) {
                refused(peer().with(other).post("/token", credentials(Mtls.SELF_SIGNED)), "has no key");
            }
            refused(
                    peer().with(own.certifiedAnew(Wanted.of("CN=meter").expired()))
                            .post("/token", credentials(Mtls.SELF_SIGNED)),
                    "expired");
        }

        @Test
        @DisplayName("the key authenticates by the connection, and not by what it signs")
        void itsKeySignsNoAssertion() {
            Map<String, String> form = new HashMap<>(credentials(Mtls.SELF_SIGNED));
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put(
                    "client_assertion",
                    TestKey.of(own.leaf().getPublicKey(), own.key())
                            .sign(Map.of(), TestKey.claims(Mtls.SELF_SIGNED, issuer())));
            refused(peer().with(own).post("/token", form), "not signed by what the client is registered for");
        }
    }

    @Nested
    @DisplayName("§3 tokens that are bound to a certificate")
    class Bound {
        @Test
        @DisplayName("§3.1 say so")
        void sayTheirCertificate() throws Exception {
            assertEquals(
                    Map.of("x5t#S256", vault.thumbprint()),
                    claims(token(peer().with(vault))).get("cnf"));
        }

        @Test
        @DisplayName("§3 are good with the certificate alone")
        void areGoodWithTheirCertificate() {
            String bearer =
                    "Bearer " + approved(peer().with(vault), Mtls.BY_NAME).path("access_token");
            peer().with(vault).get("/userinfo", bearer).then().statusCode(200);
            TestCertificate renewed = CLIENTS.issue(Wanted.of(VAULT));
            for (Peer thief : List.of(peer(), peer().with(renewed), new Peer(plain()))) {
                thief.get("/userinfo", bearer)
                        .then()
                        .statusCode(401)
                        .body("error", equalTo("invalid_token"))
                        .header("WWW-Authenticate", containsString("Bearer"));
            }
        }

        @Test
        @DisplayName("§3.2 are introspected with it")
        void areIntrospectedWithIt() {
            Response tokens = approved(peer().with(vault), Mtls.BY_NAME);
            Map<String, String> form = Map.of("client_id", Mtls.BY_NAME, "token", tokens.path("access_token"));
            peer().with(vault)
                    .post("/introspect", form)
                    .then()
                    .statusCode(200)
                    .body("active", equalTo(true))
                    .body("token_type", equalTo("Bearer"))
                    .body("cnf.'x5t#S256'", equalTo(vault.thumbprint()));
            refused(peer().post("/introspect", form), "without a client certificate");
        }

        @Test
        void haveNoRoomForAProof() {
            TestKey key = TestKey.es256();
            Response response = peer().with(vault)
                    .saying("DPoP", key.proof("POST", issuer() + "/token"))
                    .post("/token", credentials(Mtls.BY_NAME));
            response.then().statusCode(400).body("error", equalTo("invalid_request"));
        }
    }

    @Nested
    @DisplayName("§4, §7.1 refresh tokens")
    class Refreshing {
        private final TestCertificate own = TestCertificate.selfSigned("bare");

        @Test
        @DisplayName("of a public client are bound to its certificate, and worth nothing without")
        void ofAPublicClientAreBound() {
            String token = approved(peer().with(own), Mtls.PUBLIC).path("refresh_token");
            assertEquals("x5t#S256:" + own.thumbprint(), row(Mtls.PUBLIC).get("key_thumbprint"));
            Object generation = row(Mtls.PUBLIC).get("generation");
            refresh(peer(), Mtls.PUBLIC, token).then().statusCode(400).body("error", equalTo("invalid_request"));
            refresh(peer().with(TestCertificate.selfSigned("bare")), Mtls.PUBLIC, token)
                    .then()
                    .statusCode(400)
                    .body("error", equalTo("invalid_grant"));
            assertEquals(generation, row(Mtls.PUBLIC).get("generation"));
            assertNull(row(Mtls.PUBLIC).get("revoked_at"));
            refresh(peer().with(own), Mtls.PUBLIC, token).then().statusCode(200);
        }

        @Test
        void ofAPublicClientThatGotItsFirstOneBefore() {
            String token = approved(peer().with(own), Mtls.PUBLIC).path("refresh_token");
            Database.update(
                    "update refresh_token set key_thumbprint = null where id = ?",
                    row(Mtls.PUBLIC).get("id"));
            String bound = refresh(peer().with(own), Mtls.PUBLIC, token).path("refresh_token");
            assertEquals("x5t#S256:" + own.thumbprint(), row(Mtls.PUBLIC).get("key_thumbprint"));
            refresh(peer().with(vault), Mtls.PUBLIC, bound).then().statusCode(400);
            refresh(peer().with(own), Mtls.PUBLIC, bound).then().statusCode(200);
        }

        @Test
        @DisplayName("a thief who has every token and no certificate cannot even get the device locked out")
        void aThiefCannotCauseReuse() {
            String first = approved(peer().with(own), Mtls.PUBLIC).path("refresh_token");
            String second = refresh(peer().with(own), Mtls.PUBLIC, first).path("refresh_token");
            String third = refresh(peer().with(own), Mtls.PUBLIC, second).path("refresh_token");
            for (String stolen : List.of(first, second, third)) {
                refresh(peer(), Mtls.PUBLIC, stolen).then().statusCode(400);
                refresh(peer().with(vault), Mtls.PUBLIC, stolen).then().statusCode(400);
            }
            assertNull(row(Mtls.PUBLIC).get("revoked_at"));
            refresh(peer().with(own), Mtls.PUBLIC, third).then().statusCode(200);
        }

        @Test
        @DisplayName("a lost answer is repeated, the same successor, however late")
        void aLostAnswerIsRepeated() {
            Map<String, TestCertificate> devices = Map.of(Mtls.PUBLIC, own, Mtls.BY_NAME, vault);
            devices.forEach((client, certificate) -> {
                Peer device = peer().with(certificate);
                String first = approved(device, client).path("refresh_token");
                String second = refresh(device, client, first).path("refresh_token");
                Database.update(
                        "update refresh_token set issued_at = now() - interval '20 days' where id = ?",
                        row(client).get("id"));
                assertEquals(second, refresh(device, client, first).path("refresh_token"));
                refresh(device, client, second).then().statusCode(200);
            });
        }

        @Test
        @DisplayName("of a client that authenticates are bound to the client: its certificate may be renewed")
        void ofAConfidentialClientOutliveItsCertificate() {
            String token = approved(peer().with(vault), Mtls.BY_NAME).path("refresh_token");
            assertNull(row(Mtls.BY_NAME).get("key_thumbprint"));
            refused(refresh(peer(), Mtls.BY_NAME, token), "without a client certificate");
            assertEquals(1, row(Mtls.BY_NAME).get("generation"));
            refresh(peer().with(CLIENTS.issue(Wanted.of(VAULT))), Mtls.BY_NAME, token)
                    .then()
                    .statusCode(200);
        }

        @Test
        void areGivenBackWithTheCertificateAlone() {
            String token = approved(peer().with(own), Mtls.PUBLIC).path("refresh_token");
            Map<String, String> form = Map.of("client_id", Mtls.PUBLIC, "token", token);
            peer().post("/revoke", form).then().statusCode(400).body("error", equalTo("invalid_grant"));
            assertNull(row(Mtls.PUBLIC).get("revoked_at"));
            peer().with(own).post("/revoke", form).then().statusCode(200);
            assertNotEquals(null, row(Mtls.PUBLIC).get("revoked_at"));
        }

        @Test
        void theCodeIsForTheCertificateThatAskedForIt() {
            Response codes = peer().with(own).post("/device_authorization", Map.of("client_id", Mtls.PUBLIC));
            TestDevice device = TestDevice.having(Mtls.PUBLIC, codes).approve();
            poll(peer().with(vault), Mtls.PUBLIC, device)
                    .then()
                    .statusCode(400)
                    .body("error", equalTo("invalid_grant"));
            assertEquals("APPROVED", device.row().get("state"));
            poll(peer().with(own), Mtls.PUBLIC, device).then().statusCode(200);
        }
    }

    @Nested
    @DisplayName("RFC 9440: what a proxy says")
    class ByProxy {
        private Peer proxy() {
            return new Peer(plain()).asProxy();
        }

        @Test
        void isBelievedOfATrustedOne() throws Exception {
            Response tokens = token(proxy().saying("Client-Cert", vault.byteSequence()));
            tokens.then().statusCode(200);
            assertEquals(Map.of("x5t#S256", vault.thumbprint()), claims(tokens).get("cnf"));
        }

        @Test
        void isIgnoredOfAnybodyElse() {
            Peer forger = new Peer(plain()).saying("Client-Cert", vault.byteSequence());
            refused(token(forger), "without a client certificate");
            refused(token(peer().saying("Client-Cert", vault.byteSequence())), "without a client certificate");
            token(peer().with(vault).saying("Client-Cert", ":bm9uZQ==:")).then().statusCode(200);
            String bearer =
                    "Bearer " + approved(peer().with(vault), Mtls.BY_NAME).path("access_token");
            forger.get("/userinfo", bearer).then().statusCode(401);
        }

        @Test
        void isStillLookedAtByUs() {
            refused(token(proxy()), "without a client certificate");
            refused(token(proxy().saying("Client-Cert", "")), "without a client certificate");
            refused(
                    token(proxy().saying(
                                    "Client-Cert",
                                    TestCertificate.selfSigned(Wanted.of(VAULT)).byteSequence())),
                    "no authority");
            refused(
                    token(proxy().saying(
                                    "Client-Cert",
                                    CLIENTS.issue(Wanted.of(VAULT).expired()).byteSequence())),
                    "expired");
        }

        @Test
        @DisplayName("RFC 9440 §2.3: may come with the chain")
        void mayComeWithItsChain() {
            TestCertificate between = CLIENTS.issue(Wanted.of("CN=Between").asAuthority());
            TestCertificate leaf = between.issue(Wanted.of(VAULT));
            Peer chained = new Peer(
                    plain(),
                    null,
                    Peer.PROXY,
                    Map.of(
                            "Client-Cert",
                            leaf.byteSequence(),
                            "Client-Cert-Chain",
                            between.byteSequence() + ", " + CLIENTS.byteSequence()));
            token(chained).then().statusCode(200);
            refused(token(proxy().saying("Client-Cert", leaf.byteSequence())), "no authority");
        }

        @Test
        void mustBeUnambiguous() {
            for (Object said : List.of(
                    "no byte sequence",
                    ":bm9uZQ==:",
                    vault.base64(),
                    List.of(vault.byteSequence(), vault.byteSequence()))) {
                Peer confused = proxy().saying("Client-Cert", said);
                token(confused).then().statusCode(400).body("error", equalTo("invalid_request"));
                service(confused).then().statusCode(200);
            }
            Peer two = peer().with(vault).asProxy().saying("Client-Cert", vault.byteSequence());
            token(two).then().statusCode(400).body("error", equalTo("invalid_request"));
        }

        @Test
        void theProxysOwnCertificateIsNotItsClients() {
            refused(token(peer().with(vault).asProxy()), "without a client certificate");
        }
    }

    @Nested
    class Registration {
        @Test
        void saysExactlyOneName() {
            assertEquals(
                    List.of("tls-client-auth-subject-dn or one of tls-client-auth-san-dns, -san-uri, -san-ip and"
                            + " -san-email must be given for the method tls_client_auth, exactly one"),
                    wrong("token-endpoint-auth-method", "tls_client_auth"));
            assertEquals(
                    1,
                    wrong(
                                    "token-endpoint-auth-method",
                                    "tls_client_auth",
                                    "tls-client-auth-san-dns",
                                    "a.example.com",
                                    "tls-client-auth-san-uri",
                                    "https://a.example.com")
                            .size());
            assertEquals(
                    List.of("tls-client-auth-san-dns is for the method tls_client_auth alone"),
                    wrong("tls-client-auth-san-dns", "a.example.com"));
        }

        @Test
        void saysANameThatCanBe() {
            Map.of("subject-dn", "not a name", "san-ip", "localhost", "san-dns", "a b", "san-email", "")
                    .forEach((field, value) -> assertEquals(
                            1,
                            wrong("token-endpoint-auth-method", "tls_client_auth", "tls-client-auth-" + field, value)
                                    .size(),
                            field));
        }

        @Test
        void saysTheKeysOfWhoSignsHisCertificateHimself() {
            assertEquals(
                    List.of("jwks or jwks-uri must be given for the method self_signed_tls_client_auth"),
                    wrong("token-endpoint-auth-method", "self_signed_tls_client_auth"));
        }

        @Test
        void bindsTokensToOneThing() {
            assertEquals(
                    List.of("tls-client-certificate-bound-access-tokens and dpop-bound-access-tokens must not be given"
                            + " both: a token is bound to one thing"),
                    wrong("tls-client-certificate-bound-access-tokens", "true", "dpop-bound-access-tokens", "true"));
        }

        private List<String> wrong(String... said) {
            Map<String, String> all = new HashMap<>(Map.of("name", "Wrong"));
            for (int i = 0; i < said.length; i += 2) {
                all.put(said[i], said[i + 1]);
            }
            return rules.violations(ClientSpecification.read("wrong", new Said(all))).stream()
                    .map(Violation::sentence)
                    .toList();
        }
    }

    @Test
    void whoNeedsNoCertificateNoticesNothing() {
        service(peer()).then().statusCode(200);
        service(peer().with(TestCertificate.selfSigned(Wanted.of("CN=whoever").expired())))
                .then()
                .statusCode(200);
        peer().get("/jwks").then().statusCode(200);
    }

    @Test
    @DisplayName("§3.3, §5 the metadata say it")
    void theMetadataSayIt() {
        peer().get("/.well-known/oauth-authorization-server")
                .then()
                .body("tls_client_certificate_bound_access_tokens", equalTo(true))
                .body(
                        "token_endpoint_auth_methods_supported",
                        hasItems("tls_client_auth", "self_signed_tls_client_auth"))
                .body("token_endpoint", equalTo(issuer() + "/token"))
                .body("mtls_endpoint_aliases.token_endpoint", equalTo(Mtls.BASE + "/token"))
                .body("mtls_endpoint_aliases.userinfo_endpoint", equalTo(Mtls.BASE + "/userinfo"))
                .body(
                        "mtls_endpoint_aliases.device_authorization_endpoint",
                        equalTo(Mtls.BASE + "/device_authorization"))
                .body("mtls_endpoint_aliases.jwks_uri", equalTo(null));
    }

    @Test
    void aNewCertificateOfTheServiceIsTakenWithoutARestart() throws Exception {
        X509Certificate renewed = Mtls.serverCertificate().leaf();
        Eventually.holds(() -> renewed.equals(shownByTheService()));
        token(peer().with(vault)).then().statusCode(200);
    }

    private @Nullable X509Certificate shownByTheService() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) Peer.context(null).getSocketFactory().createSocket("localhost", securePort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (SSLException e) {
            // One file was read before the exchange and one after it: the next look finds both.
            return null;
        }
    }

    private Peer peer() {
        return new Peer("https://localhost:" + securePort());
    }

    private int securePort() {
        return TwoReplicas.securePort(https.getPort());
    }

    private static String plain() {
        return "http://localhost:" + RestAssured.port;
    }

    private String issuer() {
        return peer().get("/.well-known/openid-configuration").path("issuer");
    }

    private static Response token(Peer peer) {
        return peer.post("/token", credentials(Mtls.BY_NAME));
    }

    private static Map<String, String> credentials(String client) {
        return Map.of("grant_type", "client_credentials", "client_id", client);
    }

    private static Response service(Peer peer) {
        return peer.post(
                "/token",
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        TestClients.POST_SERVICE,
                        "client_secret",
                        TestClients.SECRET));
    }

    /** The tokens of a device that a person approved. */
    private static Response approved(Peer peer, String client) {
        Response codes = peer.post("/device_authorization", Map.of("client_id", client, "scope", "openid"));
        codes.then().statusCode(200);
        Response tokens = poll(peer, client, TestDevice.having(client, codes).approve());
        tokens.then().statusCode(200);
        return tokens;
    }

    private static Response poll(Peer peer, String client, TestDevice device) {
        return peer.post(
                "/token",
                Map.of("grant_type", TestDevice.GRANT, "client_id", client, "device_code", device.deviceCode()));
    }

    private static Response refresh(Peer peer, String client, String token) {
        return peer.post("/token", Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", token));
    }

    private static Map<String, Object> row(String client) {
        return Database.one("select * from refresh_token where client_id = ? order by created_at desc limit 1", client);
    }

    private static void refused(Response response, String why) {
        response.then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"))
                .body("error_description", containsString(why));
    }

    private static Map<String, Object> claims(Response tokens) throws Exception {
        String payload = tokens.<String>path("access_token").split("\\.", -1)[1];
        return JsonUtil.parseJson(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    }
}
