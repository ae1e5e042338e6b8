package io.jeton.database;

/** A registry table may have changed, here or on another replica: whoever holds a copy of it reloads. */
public record TableChanged(String table) {
    private static final String ANY = "*";

    /** Changes may have been missed: every copy is suspect. */
    static TableChanged any() {
        return new TableChanged(ANY);
    }

    public boolean concerns(String name) {
        return table.equals(ANY) || table.equals(name);
    }
}
