package io.jeton.mtls;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.client.ClientRules;
import io.jeton.client.ClientSpecification;
import io.jeton.managed.Violation;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
@TestProfile(BehindProxy.class)
class BehindProxyTest {
    private final TestCertificate own = TestCertificate.selfSigned("bare");

    @Inject
    ClientRules rules;

    @TestHTTPResource("/")
    URI http;

    @Test
    void aCertificateInPemIsTaken() {
        TestDevice device = TestDevice.approved(BehindProxy.PUBLIC);
        poll(device, "").then().statusCode(400).body("error", equalTo("invalid_request"));
        poll(device, "-----BEGIN CERTIFICATE-----").then().statusCode(400).body("error", equalTo("invalid_request"));
        poll(device, "%zz").then().statusCode(400).body("error", equalTo("invalid_request"));
        poll(device, escaped(own.pem() + own.pem())).then().statusCode(400);
        poll(device, own.byteSequence()).then().statusCode(400);
        assertEquals("APPROVED", device.row().get("state"));
        poll(device, escaped(own.pem())).then().statusCode(200);
        assertEquals("x5t#S256:" + own.thumbprint(), device.tokenRow().get("key_thumbprint"));
    }

    @Test
    @DisplayName("where no authority is configured nobody is known by the name in a certificate")
    void aClientNeedsAnAuthority() {
        ClientSpecification client = ClientSpecification.read(
                "vault",
                new Said(Map.of(
                        "name",
                        "Vault",
                        "token-endpoint-auth-method",
                        "tls_client_auth",
                        "tls-client-auth-san-dns",
                        "vault.example.com")));
        assertEquals(
                List.of("token-endpoint-auth-method needs jeton.mtls.authorities, those who issue the certificates"),
                rules.violations(client).stream().map(Violation::sentence).toList());
    }

    @Test
    void theMetadataSayNothingOfOtherAddresses() {
        given().get("/.well-known/oauth-authorization-server")
                .then()
                .body("tls_client_certificate_bound_access_tokens", equalTo(true))
                .body("token_endpoint_auth_methods_supported", hasItem("self_signed_tls_client_auth"))
                .body("token_endpoint_auth_methods_supported", not(hasItem("tls_client_auth")))
                .body("$", not(org.hamcrest.Matchers.hasKey("mtls_endpoint_aliases")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "for=6.6.6.6, for=203.0.113.9;proto=https  | 203.0.113.9",
                "for=\"6.6.6.6, for=203.0.113.9            | 203.0.113.9",
                "for=203.0.113.9, for=\"[2001:db8::7]:99\" | 2001:db8::7",
                "for=unknown                               | 127.0.0.1",
            })
    @DisplayName("RFC 7239: the address is what the trusted proxy saw, and X-Forwarded-For is only what the asker says")
    void theAddressIsWhatTheProxySaw(String forwarded, String seen) {
        given().header("Forwarded", forwarded)
                .header("X-Forwarded-For", "6.6.6.6")
                .formParam("client_id", TestClients.OTHER_DEVICE)
                .post("/device_authorization")
                .then()
                .statusCode(200);
        assertEquals(
                seen,
                Database.one("select requested_from from device_authorization order by created_at desc limit 1")
                        .get("requested_from"));
    }

    @Test
    @DisplayName("a byte that some take for the end of a line does not keep anybody waiting")
    void noByteStopsTheReading() throws Exception {
        String body = "client_id=" + TestClients.OTHER_DEVICE;
        String request = "POST /device_authorization HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                + "\r\nForwarded: \u0085\r\nForwarded: for=203.0.113.9\r\n\r\n" + body;
        try (Socket socket = new Socket("localhost", http.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        }
    }

    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Response poll(TestDevice device, String header) {
        return given().header("ssl-client-cert", header)
                .formParams(Map.of(
                        "grant_type",
                        TestDevice.GRANT,
                        "client_id",
                        BehindProxy.PUBLIC,
                        "device_code",
                        device.deviceCode()))
                .post("/token");
    }
}
