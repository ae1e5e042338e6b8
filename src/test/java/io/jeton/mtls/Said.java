package io.jeton.mtls;

import io.jeton.managed.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A description of a client in a few words. */
record Said(Map<String, String> texts) implements Fields {
    @Override
    public Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    @Override
    public Optional<Boolean> flag(String name) {
        return text(name).map(Boolean::parseBoolean);
    }

    @Override
    public Optional<Integer> number(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> duration(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<List<String>> texts(String name) {
        return text(name).map(List::of);
    }

    @Override
    public Optional<String> json(String name) {
        return text(name);
    }
}
