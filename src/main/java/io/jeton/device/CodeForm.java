package io.jeton.device;

/**
 * The form that asks for a code.
 *
 * @param typed what was typed before, for correction
 * @param error what is wrong with it; empty where nothing is
 */
public record CodeForm(String typed, String error) {
    static final CodeForm EMPTY = new CodeForm("", "");
}
