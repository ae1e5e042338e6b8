package io.jeton.webhook;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A receiver, checked.
 *
 * @param events the names of the events it is told of
 */
record Webhook(String name, URI url, Set<String> events, Optional<String> authorization, String audience) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @throws ConfigurationException naming the property */
    static Webhook of(String name, WebhookConfig.Declaration declared) {
        String property = "jeton.webhooks.\"" + name + "\"";
        require(name.matches("[\\x21-\\x7E]{1,100}"), property + ": a name is 1 to 100 printable ASCII characters");
        String audience = declared.audience().orElse(name);
        require(!audience.isBlank(), property + ".audience must not be blank");
        declared.authorization()
                .ifPresent(value -> require(
                        value.matches("[\\x20-\\x7E]{1,4096}"),
                        property + ".authorization must be printable ASCII, as it goes into a header"));
        return new Webhook(
                name,
                url(declared.url(), property + ".url"),
                events(declared.events(), property + ".events"),
                declared.authorization(),
                audience);
    }

    private static URI url(String text, String property) {
        try {
            URI url = URI.create(text.strip());
            String host = url.getHost();
            boolean safe = "https".equals(url.getScheme())
                    || ("http".equals(url.getScheme()) && host != null && LOOPBACK.contains(host));
            if (safe && host != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(urlMessage(property), e);
        }
        throw new ConfigurationException(urlMessage(property));
    }

    private static String urlMessage(String property) {
        return property + " must be an https URL without user and fragment; plain http is for this machine alone";
    }

    private static Set<String> events(List<String> names, String property) {
        Set<String> known = SecurityEvents.names();
        Set<String> events = names.stream().map(String::strip).collect(Collectors.toUnmodifiableSet());
        events.forEach(event -> require(
                known.contains(event),
                property + ": " + event + " is none of "
                        + known.stream().sorted().toList()));
        require(!events.isEmpty(), property + " must name an event");
        return events;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ConfigurationException(otherwise);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Webhook[" + name + "]";
    }
}
