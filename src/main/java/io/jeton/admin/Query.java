package io.jeton.admin;

import io.jeton.managed.Page;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** The parameters of a request's query: those that are known, each once. */
final class Query {
    /** How many items a page has where nobody says. */
    static final int LIMIT = 50;

    static final int LARGEST_LIMIT = 200;

    private final MultiMap parameters;

    private Query(MultiMap parameters) {
        this.parameters = parameters;
    }

    static Query of(HttpServerRequest http, String... names) {
        MultiMap parameters = parameters(http);
        List<String> known = List.of(names);
        for (String name : parameters.names()) {
            if (!known.contains(name)) {
                throw ProblemException.badRequest(
                        known.isEmpty()
                                ? "no parameter is known here"
                                : "a parameter of the query is unknown; known are " + String.join(", ", known));
            }
            if (parameters.getAll(name).size() > 1) {
                throw ProblemException.badRequest("the parameter " + name + " is there more than once");
            }
        }
        return new Query(parameters);
    }

    private static MultiMap parameters(HttpServerRequest http) {
        try {
            return http.params();
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("the query is malformed");
        }
    }

    /** What a parameter says; nothing where it is missing or empty. */
    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** How many items the page may have. */
    int limit() {
        return text("limit")
                .map(text -> {
                    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > LARGEST_LIMIT) {
                        throw ProblemException.badRequest("limit must be a number from 1 to " + LARGEST_LIMIT);
                    }
                    return Integer.parseInt(text);
                })
                .orElse(LIMIT);
    }

    /** Where a former page said that the list goes on. */
    Optional<String> after() {
        return text("after").map(Cursor::read);
    }

    /** A page of a list that is searched by what its names contain: parameters {@code limit}, {@code after}, {@code q}. */
    Page.Request page() {
        return new Page.Request(after().orElse(""), text("q").orElse(""), limit());
    }
}
