package io.jeton.cli;

import io.jeton.ops.StartUp;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;

/** The configuration as it is said, whether a service would start with it or not. */
final class Settings {
    private static final String JDBC = "quarkus.datasource.jdbc.additional-jdbc-properties.";
    private static final String SKEW = "jeton.keys.clock-skew";
    private static final String SECONDS = "5";

    private final SmallRyeConfig config;

    Settings(SmallRyeConfig config) {
        this.config = config;
    }

    /** Those that the beans were started with. */
    static Settings present() {
        return new Settings(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class));
    }

    Optional<String> get(String name) {
        return config.getOptionalValue(name, String.class);
    }

    Secrets secrets() {
        return Secrets.of(this::get);
    }

    StartUp startUp() {
        // Never on an embedded database: that is for the service to start.
        return StartUp.decide(this::get, false, false);
    }

    /** The issuer identifier, as the service says it. */
    Optional<String> issuer() {
        return get("jeton.issuer")
                .map(String::strip)
                .map(said -> said.endsWith("/") ? said.substring(0, said.length() - 1) : said);
    }

    /** The names of properties that are set. */
    List<String> named(Pattern pattern) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> pattern.matcher(name).matches())
                .toList();
    }

    /** How far clocks may be apart. */
    Duration skew() {
        try {
            return get(SKEW).map(Duration::parse).orElse(Duration.ofMinutes(2));
        } catch (DateTimeParseException e) {
            return Duration.ofMinutes(2);
        }
    }

    Optional<String> jdbcUrl() {
        Map<String, String> derived = StartUp.derived(this::get);
        return get("quarkus.datasource.jdbc.url")
                .or(() -> Optional.ofNullable(derived.get("quarkus.datasource.jdbc.url")));
    }

    /** What the driver is told of the database, with limits on how long anything may take. */
    Properties jdbcProperties() {
        Properties properties = new Properties();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(JDBC))
                .forEach(name -> get(name).ifPresent(value -> properties.put(name.substring(JDBC.length()), value)));
        get("quarkus.datasource.username").ifPresent(user -> properties.put("user", user));
        get("quarkus.datasource.password").ifPresent(password -> properties.put("password", password));
        properties.put("connectTimeout", SECONDS);
        properties.put("loginTimeout", SECONDS);
        properties.put("socketTimeout", SECONDS);
        return properties;
    }
}
