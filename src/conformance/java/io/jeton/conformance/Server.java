package io.jeton.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The server under test, as a client meets it. */
public final class Server {
    static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private final Target target;
    private @Nullable JsonNode metadata;

    public Server(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    String issuer() {
        return target.issuer();
    }

    /** The URL of OpenID Connect Discovery §4. */
    String discovery() {
        return (issuer().endsWith("/") ? issuer().substring(0, issuer().length() - 1) : issuer())
                + "/.well-known/openid-configuration";
    }

    synchronized JsonNode metadata() throws IOException, InterruptedException {
        JsonNode known = metadata;
        if (known == null) {
            known = get(discovery()).require("discovery").json();
            metadata = known;
        }
        return known;
    }

    String endpoint(String name) throws IOException, InterruptedException {
        String endpoint = metadata().path(name).asText("");
        if (endpoint.isEmpty()) {
            throw new NotOfferedException("the metadata has no " + name);
        }
        return endpoint;
    }

    /** Whether a list of the metadata has this value. */
    boolean announces(String list, String value) throws IOException, InterruptedException {
        for (JsonNode one : metadata().path(list)) {
            if (one.asText().equals(value)) {
                return true;
            }
        }
        return false;
    }

    Target.Service service() {
        return target.service().orElseThrow(() -> new NotOfferedException("no confidential client was given"));
    }

    Person person() {
        return target.person().orElseThrow(() -> new NotOfferedException("no person was given"));
    }

    String other() {
        return target.other().orElseThrow(() -> new NotOfferedException("no other public client was given"));
    }

    Answer get(String url) throws IOException, InterruptedException {
        return send(request(url).GET());
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).header("Accept", "application/json");
    }

    /** A form as RFC 6749 Appendix B has it: {@code name, value, name, value …}. */
    static String form(String... parameters) {
        return IntStream.range(0, parameters.length / 2)
                .mapToObj(i -> encode(parameters[2 * i]) + "=" + encode(parameters[2 * i + 1]))
                .collect(Collectors.joining("&"));
    }

    static HttpRequest.Builder posting(String url, String form) {
        return request(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    /** {@code Authorization: Basic} (RFC 6749 §2.3.1). */
    static String basic(String id, String secret) {
        String pair = encode(id) + ":" + encode(secret);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    Answer token(String... parameters) throws IOException, InterruptedException {
        return send(posting(endpoint("token_endpoint"), form(parameters)));
    }

    /** As the confidential client. */
    Answer tokenAsService(String... parameters) throws IOException, InterruptedException {
        return send(posting(endpoint("token_endpoint"), form(parameters))
                .header("Authorization", basic(service().id(), service().secret())));
    }

    /** The same request several times at the same instant. */
    List<Answer> atOnce(int times, String... parameters) throws IOException, InterruptedException {
        HttpRequest request =
                posting(endpoint("token_endpoint"), form(parameters)).build();
        List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            running.add(HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        return running.stream().map(answer -> new Answer(answer.join())).toList();
    }

    Answer authorize(String... parameters) throws IOException, InterruptedException {
        return send(posting(endpoint("device_authorization_endpoint"), form(parameters)));
    }

    /** A device's request: RFC 8628 §3.1. */
    DeviceCode code() throws IOException, InterruptedException {
        return new DeviceCode(authorize("client_id", target.device(), "scope", target.scope())
                .require("device authorization request")
                .json());
    }

    Answer poll(DeviceCode code) throws IOException, InterruptedException {
        return token("grant_type", DEVICE_CODE, "client_id", target.device(), "device_code", code.deviceCode());
    }

    DeviceCode approvedCode() throws IOException, InterruptedException {
        DeviceCode code = code();
        approve(code);
        return code;
    }

    void approve(DeviceCode code) throws IOException, InterruptedException {
        Optional<URI> complete = code.complete();
        if (complete.isPresent()) {
            person().approve(complete.get());
        } else {
            person().approve(code.verification(), code.userCode());
        }
    }

    /** What an approved device gets. */
    Answer tokens() throws IOException, InterruptedException {
        return poll(approvedCode()).require("redemption of an approved code");
    }

    /** The refresh token of an approved device. */
    String refreshToken() throws IOException, InterruptedException {
        String token = tokens().text("refresh_token");
        if (token.isEmpty()) {
            throw new NotOfferedException("the device gets no refresh token");
        }
        return token;
    }

    Answer refresh(String token, String... more) throws IOException, InterruptedException {
        String[] parameters = {"grant_type", "refresh_token", "client_id", target.device(), "refresh_token", token};
        List<String> all = new ArrayList<>(List.of(parameters));
        all.addAll(List.of(more));
        return token(all.toArray(String[]::new));
    }

    /** The parts of the scope that was asked for. */
    List<String> scopes() {
        return List.of(target.scope().split(" ", -1));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What the device has after its request. */
    record DeviceCode(JsonNode json) {
        String deviceCode() {
            return json.path("device_code").asText();
        }

        String userCode() {
            return json.path("user_code").asText();
        }

        int interval() {
            return json.path("interval").asInt(5);
        }

        URI verification() {
            return URI.create(json.path("verification_uri").asText());
        }

        /** Where a person is led without typing; optional, by RFC 8628 §3.2. */
        Optional<URI> complete() {
            return Optional.of(json.path("verification_uri_complete").asText(""))
                    .filter(uri -> !uri.isEmpty())
                    .map(URI::create);
        }

        @Override
        public String toString() {
            return "DeviceCode[]";
        }
    }
}
