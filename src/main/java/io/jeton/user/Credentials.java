package io.jeton.user;

/** What a person signs in with. */
public record Credentials(String name, String password) {
    static final int LONGEST_NAME = 100;
    static final int LONGEST_PASSWORD = 1024;

    public Credentials {
        name = name.strip();
    }

    /** Whether any account could have them. */
    boolean arePlausible() {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && password.length() <= LONGEST_PASSWORD;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Credentials[...]";
    }
}
