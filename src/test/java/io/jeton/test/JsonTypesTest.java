package io.jeton.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ServiceTest
class JsonTypesTest {
    @Inject
    ObjectMapper json;

    @Test
    void aClassThatNobodyRegisteredIsRefused() throws JsonProcessingException {
        assertThrows(IllegalStateException.class, () -> json.writeValueAsString(new Unregistered("a")));
        assertThrows(IllegalStateException.class, () -> json.readValue("{\"text\":\"a\"}", Unregistered.class));
        assertEquals("{\"text\":\"a\"}", json.writeValueAsString(new Registered("a")));
        assertEquals("{\"text\":\"a\"}", json.writeValueAsString(Map.of("text", "a")));
    }

    record Unregistered(String text) {}

    @RegisterForReflection
    record Registered(String text) {}
}
