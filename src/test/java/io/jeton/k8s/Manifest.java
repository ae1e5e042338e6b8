package io.jeton.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One object of the Kubernetes API, as it would be applied. */
record Manifest(ObjectNode json) {
    String kind() {
        return json.path("kind").asText();
    }

    String apiVersion() {
        return json.path("apiVersion").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    boolean is(String kind) {
        return kind().equals(kind);
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }

    /** The template of its pods; missing where it has none. */
    JsonNode podTemplate() {
        return is("Deployment") || is("StatefulSet") || is("Job") ? json.at("/spec/template") : json.at("/none");
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** Every value of this name, wherever it is. */
    static List<JsonNode> findAll(JsonNode node, String field) {
        return new ArrayList<>(node.findValues(field));
    }
}
