package io.jeton.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the service shows to everybody, asked for as anybody would: by the issuer's address. */
final class PublicSide {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Twice a status list that cannot be compressed. */
    private static final int LARGEST = 1024 * 1024;

    private static final String METADATA = "/.well-known/openid-configuration";

    private final String issuer;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    PublicSide(String issuer) {
        this.issuer = issuer;
    }

    String issuer() {
        return issuer;
    }

    /** What was answered. */
    record Page(HttpHeaders headers, String body) {}

    /** @throws IOException where it is not below the issuer, or the answer is not 200 or without end */
    Page get(String address) throws IOException, InterruptedException {
        // Whoever answers in the issuer's place may name any address, and some are reached from here alone.
        if (!address.startsWith(issuer + "/")) {
            throw new IOException("'" + address + "' is not below the issuer, and is not asked");
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(address + " answers " + response.statusCode());
            }
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException(address + " answers more than " + LARGEST + " bytes");
            }
            return new Page(response.headers(), new String(bytes, StandardCharsets.UTF_8));
        }
    }

    Page metadataResponse() throws IOException, InterruptedException {
        return get(issuer + METADATA);
    }

    /** The metadata: OpenID Connect Discovery §4. */
    JsonNode metadata() throws IOException, InterruptedException {
        return json.readTree(metadataResponse().body());
    }

    /** The key set that the metadata point to: RFC 7517 §5. */
    String keySet() throws IOException, InterruptedException {
        return get(metadata().path("jwks_uri").asText()).body();
    }

    /** The ids of the keys in it. */
    List<String> keyIds() throws IOException, InterruptedException {
        return StreamSupport.stream(json.readTree(keySet()).path("keys").spliterator(), false)
                .map(key -> key.path("kid").asText())
                .toList();
    }

    /** The addresses of the status lists (Token Status List §9). */
    List<String> statusLists() throws IOException, InterruptedException {
        String all = get(metadata().path("status_list_aggregation_endpoint").asText())
                .body();
        return StreamSupport.stream(json.readTree(all).path("status_lists").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
