package io.jeton.token;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is the RFC's. */
@ServiceTest
class BadRequestTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant_type=refresh_token&client_id=test-device                          | 400 | invalid_request",
                "client_id=test-device                                                   | 400 | invalid_request",
                "grant_type=&client_id=test-device                                       | 400 | invalid_request",
                "grant_type=x&grant_type=x&client_id=test-device                         | 400 | invalid_request",
                "grant_type=x&client_id=test-device&client_id=test-device                | 400 | invalid_request",
                "grant_type=x&client_id=test-device&unknown=1&unknown=1                  | 400 | invalid_request",
                "grant_type=%zz&client_id=test-device                                    | 400 | invalid_request",
                "grant_type=%f&client_id=test-device                                     | 400 | invalid_request",
                "grant_type=%                                                            | 400 | invalid_request",
                "grant_type=%c3%28&client_id=test-device                                 | 400 | invalid_request",
                "grant_type=refresh_token&client_id=test-device&refresh_token=a%00b      | 400 | invalid_request",
                "grant_type=refresh_token&client_id=test-device&refresh_token=a%0ab      | 400 | invalid_request",
                "grant_type=refresh_token&client_id=test-device&refresh_token=x&scope=%22 | 400 | invalid_scope",
                "grant_type=refresh_token&client_id=test-device&refresh_token=x&scope=a++b | 400 | invalid_scope",
                "grant_type=refresh_token&client_id=test-device&refresh_token=%e2%82%ac  | 400 | invalid_grant",
                "grant_type=password&client_id=test-device&username=a&password=b         | 400 | unsupported_grant_type",
                "grant_type=client_credentials&client_id=test-device                     | 400 | unauthorized_client",
                "grant_type=refresh_token&client_id=nobody&refresh_token=x               | 401 | invalid_client",
                "grant_type=refresh_token&refresh_token=x                                | 401 | invalid_client",
                "grant_type=client_credentials&client_id=test-service                    | 401 | invalid_client",
                "grant_type=client_credentials&client_id=test-service&client_secret=x    | 401 | invalid_client",
                "grant_type=refresh_token&client_id=test-device&client_secret=x&refresh_token=x | 401 | invalid_client",
                "''                                                                      | 401 | invalid_client",
                "&&&=&=                                                                  | 400 | invalid_request",
            })
    void eachFaultHasItsErrorAndStatus(String body, int status, String error) {
        refused(post().body(body).post("/token"), status, error);
    }

    @Test
    void aSecretInTheBodyIsForThoseRegisteredSo() {
        String secret = "&client_secret=" + encode(TestClients.SECRET);
        refused(
                post().body("grant_type=client_credentials&client_id=test-service" + secret)
                        .post("/token"),
                401,
                "invalid_client");
        post().body("grant_type=client_credentials&client_id=post-service" + secret)
                .post("/token")
                .then()
                .statusCode(200);
    }

    @Test
    void whoHasASecretMaySendItByBasicFormEncoded() {
        for (String service : new String[] {TestClients.SERVICE, TestClients.POST_SERVICE}) {
            post().header("Authorization", basic(service, encode(TestClients.SECRET)))
                    .body("grant_type=client_credentials")
                    .post("/token")
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .body("scope", equalTo("telemetry:read telemetry:write"));
        }
    }

    @Test
    void whoAuthenticatesByBasicMayNameItselfInTheBodyToo() {
        post().header("Authorization", basic(TestClients.SERVICE, encode(TestClients.SECRET)))
                .body("grant_type=client_credentials&client_id=" + TestClients.SERVICE)
                .post("/token")
                .then()
                .statusCode(200);
    }

    @Test
    void whoHasASecretMustSendIt() {
        for (String service : new String[] {TestClients.SERVICE, TestClients.POST_SERVICE}) {
            refused(
                    post().body("grant_type=client_credentials&client_id=" + service)
                            .post("/token"),
                    401,
                    "invalid_client");
            refused(
                    post().header("Authorization", basic(service, ""))
                            .body("grant_type=client_credentials")
                            .post("/token"),
                    401,
                    "invalid_client");
        }
    }

    @Test
    void aPublicClientMaySendBasicWithAnEmptyPassword() {
        refused(
                post().header("Authorization", basic(TestClients.DEVICE, ""))
                        .body("grant_type=refresh_token&refresh_token=x")
                        .post("/token"),
                400,
                "invalid_grant");
    }

    @Test
    void twoMethodsAtOnceOrTwoClientsAreInvalidRequests() {
        String header = basic(TestClients.SERVICE, encode(TestClients.SECRET));
        refused(
                post().header("Authorization", header)
                        .body("grant_type=client_credentials&client_secret=" + encode(TestClients.SECRET))
                        .post("/token"),
                400,
                "invalid_request");
        refused(
                post().header("Authorization", header)
                        .body("grant_type=client_credentials&client_id=post-service")
                        .post("/token"),
                400,
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic %%%", "Basic dGVzdA==", "Bearer x", "Basic JTp4", "x", "Basic dGVzdDol"})
    void aMalformedAuthorizationIsAnUnauthenticatedClient(String header) {
        refused(
                post().header("Authorization", header)
                        .body("grant_type=client_credentials")
                        .post("/token"),
                401,
                "invalid_client");
    }

    @Test
    void parametersBelongIntoTheBody() {
        refused(post().body("grant_type=refresh_token").post("/token?client_id=test-device"), 400, "invalid_request");
        refused(given().post("/token?grant_type=refresh_token&client_id=test-device"), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x"})
    void anotherContentTypeIsAnInvalidRequest(String type) throws Exception {
        assertEquals(400, status("/token", type, "client_id=test-device".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anotherMethodIsNotAllowed() {
        refused(given().get("/token"), 405, "invalid_request");
        refused(given().get("/device_authorization"), 405, "invalid_request");
        refused(given().delete("/token"), 405, "invalid_request");
        refused(given().post("/jwks"), 405, "invalid_request");
        refused(given().get("/nowhere"), 404, "invalid_request");
    }

    @Test
    void whatIsTooLargeIsRefused() {
        refused(
                post().body("client_id=test-device&grant_type=" + "x".repeat(9000))
                        .post("/token"),
                400,
                "invalid_request");
        StringBuilder many = new StringBuilder("client_id=test-device");
        for (int i = 0; i < 100; i++) {
            many.append("&p").append(i).append("=1");
        }
        refused(post().body(many.toString()).post("/token"), 400, "invalid_request");
        refused(post().body("a=1&".repeat(20_000)).post("/token"), 400, "invalid_request");
        post().body("client_id=test-device&device_name=" + "x".repeat(101))
                .post("/device_authorization")
                .then()
                .statusCode(400);
        post().body("client_id=test-device&scope=" + "x".repeat(2000))
                .post("/device_authorization")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_scope"));
    }

    /** Before it comes: whoever still sends it might not read the answer. */
    @Test
    void whatIsFarTooLargeIsRefusedUnread() throws Exception {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            String head = "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + FORM
                    + "\r\nContent-Length: 300000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertEquals("HTTP/1.1 413", new String(answer, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void whateverAcceptSaysTheAnswerIsJson() throws Exception {
        for (String accept : new String[] {"text/html", "image/png", "*/*", "nonsense", "application/xml;q=0.1"}) {
            refused(post().header("Accept", accept).body("client_id=nobody").post("/token"), 401, "invalid_client");
        }
        // What HttpURLConnection sends.
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/token"))
                .header("Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2")
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString("client_id=nobody"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(401, answer.statusCode());
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void noBytesWhatsoeverMakeAServerError() throws Exception {
        Random random = new Random(8628);
        String[] starts = {"", "client_id=test-device&grant_type=refresh_token&refresh_token=", "client_id="};
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            byte[] start = starts[random.nextInt(starts.length)].getBytes(StandardCharsets.US_ASCII);
            byte[] body = new byte[start.length + noise.length];
            System.arraycopy(start, 0, body, 0, start.length);
            System.arraycopy(noise, 0, body, start.length, noise.length);
            String path = random.nextBoolean() ? "/token" : "/device_authorization";
            int status = status(path, FORM, body);
            assertTrue(
                    status >= 400 && status < 500,
                    "status " + status + " for " + new String(body, StandardCharsets.ISO_8859_1));
        }
    }

    /** The status of a request with any bytes at all, and never a body that is not ours. */
    private static int status(String path, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.body().startsWith("{\"error\":\"invalid_"), answer.body());
        return answer.statusCode();
    }

    private static RequestSpecification raw() {
        return given().config(RestAssured.config()
                .encoderConfig(
                        EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false)));
    }

    private static RequestSpecification post() {
        return raw().contentType(FORM);
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void refused(Response response, int status, String error) {
        response.then()
                .statusCode(status)
                .header("Cache-Control", "no-store")
                .contentType("application/json")
                .body("error", equalTo(error))
                .body("error_description", notNullValue());
        if (status == 401) {
            response.then().header("WWW-Authenticate", notNullValue());
        }
    }
}
