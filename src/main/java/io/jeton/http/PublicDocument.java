package io.jeton.http;

import io.jeton.crypto.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** A document that anyone may read and cache, rendered once: key set, metadata, status lists. */
public final class PublicDocument {
    private static final boolean WEAK = true;
    private static final Pattern COMMA = Pattern.compile(",");

    private final byte[] body;
    private final MediaType type;
    private final EntityTag tag;

    private PublicDocument(byte[] body, MediaType type, EntityTag tag) {
        this.body = body;
        this.type = type;
        this.tag = tag;
    }

    public static PublicDocument of(String json) {
        return new PublicDocument(
                json.getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_TYPE, new EntityTag(hash(json)));
    }

    /**
     * A document that is as good as any other of its version, which another replica may have rendered: a weak tag, by
     * RFC 9110 §8.8.1.
     */
    public static PublicDocument equivalent(String text, MediaType type, String version) {
        return new PublicDocument(text.getBytes(StandardCharsets.UTF_8), type, new EntityTag(hash(version), WEAK));
    }

    private static String hash(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(Sha256.of(text), 12));
    }

    /** The answer: the document, or 304 where the asker has it (RFC 9110 §13.1.2); readable from any origin. */
    public Response answer(Request request, Duration maxAge) {
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder response =
                unchanged != null ? unchanged : Response.ok(body).type(type);
        return response.tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + maxAge.toSeconds())
                .header("Access-Control-Allow-Origin", "*")
                .build();
    }

    /** The same by the HTTP layer alone, to GET and HEAD. */
    void answer(HttpServerRequest request, Duration maxAge) {
        String own = (tag.isWeak() ? "W/" : "") + '"' + tag.getValue() + '"';
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.ETAG, own)
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + maxAge.toSeconds())
                .putHeader("Access-Control-Allow-Origin", "*");
        if (isKnown(request.headers().getAll(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, type.toString());
        if (HttpMethod.HEAD.equals(request.method())) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length))
                    .end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }

    /** RFC 9110 §13.1.2: compared weakly; {@code *} is any document. */
    boolean isKnown(List<String> ifNoneMatch) {
        return ifNoneMatch.stream()
                .flatMap(COMMA::splitAsStream)
                .map(String::strip)
                .map(known -> known.startsWith("W/") ? known.substring(2) : known)
                .anyMatch(known -> known.equals("*") || known.equals('"' + tag.getValue() + '"'));
    }

    @Override
    public String toString() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
