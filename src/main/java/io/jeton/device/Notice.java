package io.jeton.device;

/**
 * A page that says one thing.
 *
 * @param kind {@code good}, {@code stop} or {@code problem}: how it is dressed
 * @param action what the link back to the start says; empty where there is none
 */
public record Notice(String kind, String title, String text, String action) {}
