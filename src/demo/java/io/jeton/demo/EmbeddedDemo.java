package io.jeton.demo;

import io.jeton.crypto.Randomness;
import io.jeton.ops.Demo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Demo mode: the embedded database, secrets made at the first start, and example clients. */
public final class EmbeddedDemo implements Demo {
    private static final String DATABASE = "postgres";
    private static final int KEY_BYTES = 32;
    /** To be typed on a phone: small letters and digits that nobody takes for one another; 59 bits. */
    private static final String PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int PASSWORD_LENGTH = 12;

    private @Nullable EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start(Function<String, Optional<String>> configured) {
        Path folder = folder(configured);
        System.out.println("Demo mode: no database is configured, so an embedded PostgreSQL starts in " + folder);
        EmbeddedPostgres started = EmbeddedPostgres.start(folder);
        postgres = started;
        try {
            Map<String, String> settings = settings(folder, started.address(), configured);
            String password = Folders.secret(folder.resolve("demo-password"), EmbeddedDemo::password);
            settings.put("jeton.demo.password", password);
            settings.put("jeton.accounts.\"demo\".password", password);
            settings.put("jeton.demo.active", "true");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Map<String, String>> running(Function<String, Optional<String>> configured) {
        Path folder = folder(configured);
        try {
            Optional<PostgresAddress> address = EmbeddedPostgres.running(folder);
            return address.isEmpty()
                    ? Optional.empty()
                    : Optional.of(settings(folder, address.orElseThrow(), configured));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(Function<String, Optional<String>> configured) {
        return configured
                .apply("jeton.demo.data-dir")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".jeton"));
    }

    private static Map<String, String> settings(
            Path folder, PostgresAddress address, Function<String, Optional<String>> configured) throws IOException {
        Map<String, String> settings = examples();
        String port = configured.apply("quarkus.http.port").orElse("8080");
        settings.put("jeton.issuer", "http://localhost:" + port);
        settings.put("quarkus.datasource.reactive.url", address.reactiveUrl(DATABASE));
        settings.put("quarkus.datasource.jdbc.url", address.jdbcUrl(DATABASE));
        settings.put("quarkus.datasource.username", address.user());
        settings.put("quarkus.datasource.password", address.password());
        if (configured.apply("jeton.keys.encryption-key-file").isEmpty()
                && configured.apply("jeton.keys.encryption-key-command").isEmpty()) {
            String key = Folders.secret(folder.resolve("encryption-key"), EmbeddedDemo::key);
            settings.put("jeton.keys.encryption-key", key);
        }
        Path adminSecret = folder.resolve("admin-secret").toAbsolutePath();
        settings.put("jeton.clients.\"demo-admin\".secret", Folders.secret(adminSecret, EmbeddedDemo::secret));
        settings.put("jeton.demo.admin-secret-file", adminSecret.toString());
        return settings;
    }

    @Override
    public void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static Map<String, String> examples() throws IOException {
        Properties examples = new Properties();
        try (@Nullable InputStream file = EmbeddedDemo.class.getResourceAsStream("/demo.properties")) {
            if (file == null) {
                throw new IOException("the class path has no demo.properties");
            }
            examples.load(file);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        examples.stringPropertyNames().forEach(name -> settings.put(name, examples.getProperty(name)));
        return settings;
    }

    private static String key() {
        return Base64.getEncoder().encodeToString(new Randomness().bytes(KEY_BYTES));
    }

    private static String secret() {
        return HexFormat.of().formatHex(new Randomness().bytes(KEY_BYTES));
    }

    private static String password() {
        Randomness randomness = new Randomness();
        return IntStream.range(0, PASSWORD_LENGTH)
                .mapToObj(i -> String.valueOf(PASSWORD_ALPHABET.charAt(randomness.below(PASSWORD_ALPHABET.length()))))
                .collect(Collectors.joining());
    }
}
