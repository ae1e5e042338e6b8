package io.jeton.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookTest {
    private static final String PROPERTY = "jeton.webhooks.\"broker\".";

    @Test
    void aReceiverNeedsNoMoreThanAnAddress() {
        Webhook webhook = read(Map.of("url", "https://broker.example.com/jeton?tenant=1"));
        assertEquals(
                Set.of(
                        "device.revoked",
                        "device.suspended",
                        "device.retired",
                        "refresh_token.reuse",
                        "device_code.replay",
                        "key.rotated"),
                webhook.events());
        assertEquals("broker", webhook.audience());
        assertTrue(webhook.authorization().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "url, http://broker.example.com/",
        "url, http://127.0.0.1.example.com/",
        "url, ftp://broker.example.com/",
        "url, https://user:password@broker.example.com/",
        "url, https://broker.example.com/#part",
        "url, https:///path",
        "url, not a url",
        "events, device.exploded",
        "events, webhook.failed",
        "events, key.activated",
        "audience, ' '",
        "authorization, 'Bearer a\nX-Other: b'"
    })
    void aMistakeStopsTheStartAndIsNamed(String property, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("url", "https://broker.example.com/"));
        settings.put(property, value);
        String message =
                assertThrows(ConfigurationException.class, () -> read(settings)).getMessage();
        assertTrue(message.contains(PROPERTY + property), message);
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:8080/hook", "http://localhost/hook", "http://[::1]:9/hook"})
    void plainHttpIsForThisMachine(String url) {
        assertEquals(url, read(Map.of("url", url)).url().toString());
    }

    @Test
    void itsSecretIsNotShown() {
        Webhook webhook = read(Map.of("url", "https://broker.example.com/", "authorization", "Bearer hidden"));
        assertEquals("Bearer hidden", webhook.authorization().orElseThrow());
        assertFalse(webhook.toString().contains("hidden"));
    }

    private static Webhook read(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        settings.forEach((key, value) -> all.put(PROPERTY + key, value));
        WebhookConfig config = new SmallRyeConfigBuilder()
                .withDefaultValues(all)
                .withMapping(WebhookConfig.class)
                .build()
                .getConfigMapping(WebhookConfig.class);
        return new Webhooks(config).all().get(0);
    }
}
