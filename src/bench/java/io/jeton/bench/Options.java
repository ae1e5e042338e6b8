package io.jeton.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line says: {@code --name value}. */
record Options(Map<String, String> values) {

    /** @throws IllegalArgumentException for anything else */
    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            if (!arguments.get(i).startsWith("--") || i + 1 == arguments.size()) {
                throw new IllegalArgumentException("not an option with its value: " + arguments.get(i));
            }
            values.put(arguments.get(i).substring(2), arguments.get(i + 1));
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
