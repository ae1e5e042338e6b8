package io.jeton.cli;

import io.jeton.audit.Actor;
import io.jeton.audit.Author;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who runs the command line: the user of the operating system, by number where it has no name, on which host or in which pod. */
final class Caller {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private static final Path PROCESS = Path.of("/proc/self");

    private Caller() {}

    static Author author() {
        return new Author(Actor.operator("cli:" + user() + "@" + host()), null);
    }

    /** The process's, as the system has it: a property of the JVM could be any name. */
    private static String user() {
        try {
            return Files.getOwner(PROCESS).getName();
        } catch (IOException e) {
            return "?";
        }
    }

    private static String host() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return "?";
        }
    }
}
