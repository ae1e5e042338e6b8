package io.jeton.cli;

import io.jeton.audit.Actor;
import io.jeton.audit.Author;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who runs the command line: the user of the operating system, and on which host, or in which pod. */
final class Caller {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private Caller() {}

    static Author author() {
        return new Author(Actor.operator("cli:" + System.getProperty("user.name", "?") + "@" + host()), null);
    }

    private static String host() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return "?";
        }
    }
}
