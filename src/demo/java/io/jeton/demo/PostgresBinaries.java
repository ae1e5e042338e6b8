package io.jeton.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs from the class path, unpacked once. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** Unpacks them below a folder, whole or not at all, and returns the folder of the programs. */
    static Path unpack(Path folder) throws IOException {
        Path unpacked = folder.resolve("postgresql-18.6.0");
        if (!Files.exists(unpacked)) {
            Path partial = folder.resolve("postgresql.partial");
            Folders.delete(partial);
            extract(partial);
            Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
        }
        return unpacked.resolve("bin");
    }

    private static void extract(Path target) throws IOException {
        String archive = archive();
        try (@Nullable InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (packed == null) {
                throw new IOException("the class path has no " + archive + ": the embedded PostgreSQL runs on Linux,"
                        + " x86-64 and arm64; elsewhere set QUARKUS_DATASOURCE_REACTIVE_URL to one of your own, and"
                        + " what the start then asks for");
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    extract(entry, tar, target);
                }
            }
        }
    }

    private static void extract(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            if ((entry.getMode() & 0111) != 0) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static String archive() {
        String system = System.getProperty("os.name").equals("Linux") ? "linux" : "other";
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "postgres-" + system + "-x86_64.txz";
            case "aarch64", "arm64" -> "postgres-" + system + "-arm_64.txz";
            default -> "postgres-" + system + "-" + System.getProperty("os.arch") + ".txz";
        };
    }
}
