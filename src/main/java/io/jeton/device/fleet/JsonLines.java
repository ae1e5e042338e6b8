package io.jeton.device.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A file of devices as JSON lines: {@code public_jwk} is an object, or that object as a string. */
final class JsonLines {
    private JsonLines() {}

    static EnrolmentFile read(String text, EnrolmentLines lines) {
        int number = 0;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            String line = text.substring(start, end < 0 ? text.length() : end);
            start = end < 0 ? text.length() : end + 1;
            number++;
            if (!line.isBlank() && !lines.add(number, at -> line(at, line))) {
                return lines.stopped();
            }
        }
        return lines.done();
    }

    private static EnrolmentLine line(int number, String json) {
        JsonNode object = JsonFields.object(json, "the line is not a JSON object, or a name stands in it twice");
        Map<String, String> fields = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (!EnrolmentLine.COLUMNS.contains(name)) {
                throw new BadLineException(
                        "an unknown field: there are serial, model, name, owner, public_jwk and key_thumbprint");
            }
            if (value.isTextual()) {
                fields.put(name, value.textValue());
            } else if (!value.isNull() && !(name.equals(EnrolmentLine.JWK) && value.isObject())) {
                throw new BadLineException(name + " must be a string");
            }
        }
        JsonNode jwk = object.path(EnrolmentLine.JWK);
        Optional<DeviceKey> key = jwk.isObject()
                ? Optional.of(JsonFields.key(jwk))
                : Optional.ofNullable(fields.get(EnrolmentLine.JWK)).map(JsonFields::key);
        return EnrolmentLine.of(number, fields, key);
    }
}
