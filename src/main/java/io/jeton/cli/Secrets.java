package io.jeton.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the configuration keeps secret, and drivers repeat when they complain of an address. */
final class Secrets {
    private static final String HIDDEN = "***";
    private static final int SHORTEST = 3;
    private static final List<String> SECRETS = List.of(
            "quarkus.datasource.password",
            "jeton.keys.encryption-key",
            "jeton.keys.previous-encryption-keys",
            "jeton.keys.encryption-key-command",
            "jeton.keys.pkcs11.pin");
    private static final List<String> ADDRESSES =
            List.of("quarkus.datasource.reactive.url", "quarkus.datasource.jdbc.url");
    /** Who asks, before the last at-sign. */
    private static final Pattern USER = Pattern.compile("//[^:@]*:(.*)@");

    private static final Pattern PARAMETER = Pattern.compile("(?i)[?&][a-z]*password=([^&]*)");

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    static Secrets of(Function<String, Optional<String>> configured) {
        Stream<String> said = SECRETS.stream()
                .flatMap(name -> configured.apply(name).stream())
                .flatMap(value -> Stream.concat(Stream.of(value), Stream.of(value.split(",", -1))));
        Stream<String> within = ADDRESSES.stream()
                .flatMap(name -> configured.apply(name).stream())
                .flatMap(address -> inside(address).stream());
        return new Secrets(Stream.concat(said, within)
                .filter(value -> value.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return hidden;
    }

    private static List<String> inside(String address) {
        List<String> found = new ArrayList<>();
        for (Pattern pattern : List.of(USER, PARAMETER)) {
            Matcher matcher = pattern.matcher(address);
            while (matcher.find()) {
                found.add(matcher.group(1));
                decoded(matcher.group(1)).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
