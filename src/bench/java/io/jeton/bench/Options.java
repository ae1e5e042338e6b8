package io.jeton.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the command line says: {@code --name value}. */
record Options(Map<String, String> values) {

    /**
     * A misspelt option would measure something else than was meant, and say nothing of it.
     *
     * @param known the options that the command has
     * @throws IllegalArgumentException for anything else, for an option that comes twice or has no value
     */
    static Options parse(List<String> arguments, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!arguments.get(i).startsWith("--") || i + 1 == arguments.size()) {
                throw new IllegalArgumentException("not an option with its value: " + arguments.get(i));
            }
            String name = arguments.get(i).substring(2);
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no --" + name + "; there are: --" + String.join(" --", new TreeSet<>(known)));
            }
            if (values.put(name, arguments.get(i + 1)) != null) {
                throw new IllegalArgumentException("--" + name + " comes twice");
            }
        }
        return new Options(values);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String get(String name, String preset) {
        return values.getOrDefault(name, preset);
    }

    String require(String name) {
        return get(name).orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
    }

    int number(String name, int preset) {
        return get(name).map(Integer::parseInt).orElse(preset);
    }

    Duration seconds(String name, int preset) {
        return Duration.ofSeconds(number(name, preset));
    }

    List<String> list(String name, String preset) {
        return List.of(get(name, preset).split(",", -1));
    }
}
