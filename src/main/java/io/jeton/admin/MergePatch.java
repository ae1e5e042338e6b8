package io.jeton.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Changes to what a thing says now: RFC 7396. */
@ApplicationScoped
final class MergePatch {
    private final ObjectMapper mapper;

    MergePatch(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** A patch that waits for what it is of. */
    interface Merging {
        JsonBody onto(Object document);
    }

    /** @throws ProblemException where the body is none */
    Merging read(Operation operation) {
        ObjectNode patch = operation.object(JsonBody.MERGE_PATCH);
        return document -> new JsonBody(merge(mapper.valueToTree(document), patch));
    }

    /**
     * The version that must still be there: that which was merged with.
     *
     * @throws ProblemException where it is not the one that was asked for
     */
    static OptionalLong version(OptionalLong required, long present) {
        if (required.isPresent() && required.getAsLong() != present) {
            throw ProblemException.changedMeanwhile();
        }
        return OptionalLong.of(present);
    }

    static ObjectNode merge(@Nullable JsonNode target, ObjectNode patch) {
        ObjectNode merged = target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        patch.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (value.isNull()) {
                merged.remove(name);
            } else {
                merged.set(name, value instanceof ObjectNode object ? merge(merged.get(name), object) : value);
            }
        });
        return merged;
    }
}
