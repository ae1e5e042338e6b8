package io.jeton.ops;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Decides how to start, from what is configured. Pure. */
public sealed interface StartUp {
    String REACTIVE_URL = "quarkus.datasource.reactive.url";
    String JDBC_URL = "quarkus.datasource.jdbc.url";
    String ISSUER = "jeton.issuer";
    String FORWARDING = "quarkus.http.proxy.proxy-address-forwarding";
    String ENCRYPTION_KEY = "jeton.keys.encryption-key";
    List<String> ENCRYPTION_KEY_SOURCES =
            List.of(ENCRYPTION_KEY, ENCRYPTION_KEY + "-file", ENCRYPTION_KEY + "-command");
    Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** On the configured database; one address derives from the other. */
    record Production(Map<String, String> derived) implements StartUp {}

    /** On the embedded database. */
    record OnDemo() implements StartUp {}

    /** Not at all; the reasons say what to set. */
    record Refused(List<String> reasons) implements StartUp {}

    /**
     * @param configured the configuration, by property
     * @param inKubernetes whether we run in a pod, where a lost setting must never start an empty service
     * @param demoPresent whether this artifact contains demo mode
     */
    static StartUp decide(Function<String, Optional<String>> configured, boolean inKubernetes, boolean demoPresent) {
        Optional<String> reactive = configured.apply(REACTIVE_URL);
        Optional<String> jdbc = configured.apply(JDBC_URL);
        boolean demoEnabled = configured
                .apply("jeton.demo.enabled")
                .map(Boolean::parseBoolean)
                .orElse(true);
        List<String> missing = new ArrayList<>();
        if (configured.apply(FORWARDING).filter(Boolean::parseBoolean).isPresent()) {
            missing.add(FORWARDING + " believes the part of X-Forwarded-For that the asker wrote: leave it out, and set"
                    + " JETON_HTTP_TRUSTED_PROXIES (jeton.http.trusted-proxies) to your proxies' addresses");
        }
        if (reactive.isEmpty() && jdbc.isEmpty() && demoEnabled && demoPresent && !inKubernetes && missing.isEmpty()) {
            return new OnDemo();
        }
        if (reactive.isEmpty() && jdbc.isEmpty()) {
            missing.add("no database: set QUARKUS_DATASOURCE_REACTIVE_URL (" + REACTIVE_URL
                    + "), for example postgresql://db.example.com:5432/jeton, with QUARKUS_DATASOURCE_USERNAME and"
                    + " QUARKUS_DATASOURCE_PASSWORD");
        }
        if (configured.apply(ISSUER).filter(StartUp::isIssuer).isEmpty()) {
            missing.add("no issuer, or not a usable one: set JETON_ISSUER (" + ISSUER
                    + ") to the https address that devices reach, for example https://tokens.example.com");
        }
        encryptionKeyReason(configured).ifPresent(missing::add);
        return missing.isEmpty() ? new Production(derived(configured)) : new Refused(missing);
    }

    /** What a file or a program gives is seen when it is asked. */
    private static Optional<String> encryptionKeyReason(Function<String, Optional<String>> configured) {
        List<String> sources = ENCRYPTION_KEY_SOURCES.stream()
                .filter(source -> configured.apply(source).isPresent())
                .toList();
        if (sources.size() > 1) {
            return Optional.of(
                    "more than one key-encryption key: set one of " + sources + ", and leave the others out");
        }
        boolean good = !sources.isEmpty()
                && (!sources.contains(ENCRYPTION_KEY)
                        || configured
                                .apply(ENCRYPTION_KEY)
                                .filter(StartUp::isKey)
                                .isPresent());
        return good
                ? Optional.empty()
                : Optional.of("no key-encryption key, or not 32 bytes in base64: set JETON_KEYS_ENCRYPTION_KEY ("
                        + ENCRYPTION_KEY + "), made with \"openssl rand -base64 32\" and kept outside the database, or"
                        + " JETON_KEYS_ENCRYPTION_KEY_FILE to a file that holds it, or JETON_KEYS_ENCRYPTION_KEY_COMMAND"
                        + " to a program that tells it");
    }

    /** One address is enough: the migrations use JDBC, everything else the reactive client. */
    static Map<String, String> derived(Function<String, Optional<String>> configured) {
        Optional<String> reactive = configured.apply(REACTIVE_URL);
        Optional<String> jdbc = configured.apply(JDBC_URL);
        Map<String, String> derived = new HashMap<>();
        if (reactive.isEmpty()) {
            jdbc.ifPresent(url -> derived.put(REACTIVE_URL, url.replaceFirst("^jdbc:", "")));
        }
        if (jdbc.isEmpty()) {
            reactive.ifPresent(url -> derived.put(JDBC_URL, "jdbc:" + url.replaceFirst("^vertx-reactive:", "")));
        }
        return derived;
    }

    private static boolean isIssuer(String issuer) {
        try {
            URI uri = URI.create(issuer.strip());
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getUserInfo() == null;
            // Plain http is for this machine alone: anywhere else it would carry tokens in the clear.
            boolean safe = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost())));
            return plain && safe && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key.strip()).length == 32;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
