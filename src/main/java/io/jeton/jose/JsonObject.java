package io.jeton.jose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A header or a set of claims: strict JSON of little depth, in which no name comes twice (RFC 7515 §4, RFC 7519 §4). */
public final class JsonObject {
    private static final int DEEPEST = 8;
    /** The year 9999: later instants are no dates but attempts. */
    private static final long LATEST = 253_402_300_799L;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;

    private JsonObject(JsonNode node) {
        this.node = node;
    }

    /** @throws InvalidJwtException where this is no JSON object, or one that nests more than 8 deep */
    public static JsonObject read(byte[] json) {
        try {
            // RFC 8725 §3.7: the library would guess at other encodings.
            JsonNode node = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString());
            if (node != null && node.isObject()) {
                return new JsonObject(node);
            }
        } catch (IOException e) {
            throw new InvalidJwtException(
                    "a part of the token is no JSON object, nests too deep or says something twice");
        }
        throw new InvalidJwtException("a part of the token is no JSON object");
    }

    public boolean has(String name) {
        return node.has(name);
    }

    /** A text, or nothing where it is missing. @throws InvalidJwtException where it is something else */
    public Optional<String> text(String name) {
        return value(name).map(value -> {
            require(value.isTextual(), name);
            return value.textValue();
        });
    }

    /** @throws InvalidJwtException where it is missing or no text */
    public String requireText(String name) {
        return text(name).orElseThrow(() -> new InvalidJwtException(name + " is missing"));
    }

    /** An instant in seconds (RFC 7519 §2, NumericDate), or nothing where it is missing. */
    public Optional<Instant> instant(String name) {
        return value(name).map(value -> {
            require(value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= LATEST, name);
            return Instant.ofEpochSecond(value.longValue());
        });
    }

    /** @throws InvalidJwtException where it is missing or no instant */
    public Instant requireInstant(String name) {
        return instant(name).orElseThrow(() -> new InvalidJwtException(name + " is missing"));
    }

    /** The audience: one text or a list of them (RFC 7519 §4.1.3). Empty where it is missing. */
    public List<String> audience() {
        return value("aud")
                .map(value -> value.isArray()
                        ? StreamSupport.stream(value.spliterator(), false)
                                .map(JsonObject::audience)
                                .toList()
                        : List.of(audience(value)))
                .orElse(List.of());
    }

    /** A member that is an object itself, as JSON. */
    public Optional<String> object(String name) {
        return value(name).map(value -> {
            require(value.isObject(), name);
            return value.toString();
        });
    }

    /** The whole object. */
    public JsonNode json() {
        return node;
    }

    private static String audience(JsonNode value) {
        require(value.isTextual(), "aud");
        return value.textValue();
    }

    private Optional<JsonNode> value(String name) {
        @Nullable JsonNode value = node.get(name);
        return Optional.ofNullable(value);
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new InvalidJwtException(name + " is not what it should be");
        }
    }
}
