package io.jeton.declaration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Secrets that the file only refers to, so that it can be kept where everybody reads it. Blocking. */
final class Secrets {
    private static final int LARGEST = 64 * 1024;

    private final Path folder;
    private final Function<String, Optional<String>> environment;

    /** @param folder what relative paths are relative to */
    Secrets(Path folder, Function<String, Optional<String>> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** {@code name}, {@code name-env} or {@code name-file}, one of them at the most. */
    Optional<String> read(MappingFields fields, String name) {
        long given = Stream.of(name, name + "-env", name + "-file")
                .filter(fields::has)
                .count();
        if (given > 1) {
            fields.refuse(name, "must be said once: as " + name + ", " + name + "-env or " + name + "-file");
        }
        Optional<String> plain = fields.text(name);
        Optional<String> variable = fields.text(name + "-env").flatMap(key -> fromEnvironment(fields, name, key));
        Optional<String> file = fields.text(name + "-file").flatMap(path -> fromFile(fields, name, path));
        return plain.or(() -> variable).or(() -> file);
    }

    private Optional<String> fromEnvironment(MappingFields fields, String name, String key) {
        Optional<String> value = environment.apply(key).filter(text -> !text.isEmpty());
        if (value.isEmpty()) {
            fields.refuse(name + "-env", "must name an environment variable that is set");
        }
        return value;
    }

    private Optional<String> fromFile(MappingFields fields, String name, String path) {
        try (InputStream input = Files.newInputStream(folder.resolve(path))) {
            byte[] bytes = input.readNBytes(LARGEST + 1);
            // An editor ends a file with a line break; no secret does.
            String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
            if (bytes.length <= LARGEST && !text.isEmpty()) {
                return Optional.of(text);
            }
            fields.refuse(name + "-file", "must name a file of 1 to 65536 bytes");
        } catch (IOException | InvalidPathException e) {
            fields.refuse(name + "-file", "must name a file that can be read");
        }
        return Optional.empty();
    }
}
