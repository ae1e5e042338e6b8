package io.jeton.device.fleet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;

/** Reads one JSON object, strictly: no name twice, nothing behind it, not deep. */
final class JsonFields {
    private static final int DEEPEST = 8;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFields() {}

    /** @throws BadLineException with that reason, where it is not an object */
    static JsonNode object(String json, String reason) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node == null || !node.isObject()) {
                throw new BadLineException(reason);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new BadLineException(reason);
        }
    }

    /** A JWK, of which only what is a string makes a key; what is none is there nevertheless. */
    static DeviceKey key(JsonNode jwk) {
        Map<String, Object> members = new HashMap<>();
        jwk.properties()
                .forEach(member -> members.put(
                        member.getKey(),
                        member.getValue().isTextual() ? member.getValue().textValue() : false));
        return DeviceKey.ofJwk(members);
    }

    static DeviceKey key(String jwk) {
        return key(object(jwk, "public_jwk is not a JSON object"));
    }
}
