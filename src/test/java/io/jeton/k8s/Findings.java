package io.jeton.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a check has found, each with the object that it is about. */
final class Findings {
    private final List<String> all = new ArrayList<>();

    void require(boolean holds, Manifest manifest, String otherwise) {
        if (!holds) {
            all.add(manifest + ": " + otherwise);
        }
    }

    void require(JsonNode value, String expected, Manifest manifest, String otherwise) {
        require(value.asText().equals(expected), manifest, otherwise);
    }

    List<String> all() {
        return all;
    }
}
