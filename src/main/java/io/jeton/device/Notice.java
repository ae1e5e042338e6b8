package io.jeton.device;

import java.util.List;

/**
 * A page that says one thing.
 *
 * @param kind {@code good}, {@code stop} or {@code problem}: how it is dressed
 * @param links where a person may go on
 */
public record Notice(String kind, String title, String text, List<Link> links) {
    /** @param path below the issuer's */
    public record Link(String path, String text) {}

    /** @param action what the link back to the code says; empty where there is none */
    Notice(String kind, String title, String text, String action) {
        this(kind, title, text, action.isEmpty() ? List.of() : List.of(new Link("/device", action)));
    }
}
