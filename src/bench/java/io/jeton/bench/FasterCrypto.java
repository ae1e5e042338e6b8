package io.jeton.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Amazon's Corretto Crypto Provider before the JDK's own, where {@code BENCH_CRYPTO_JAR} names its jar. */
final class FasterCrypto {
    private static final String JAR = System.getenv().getOrDefault("BENCH_CRYPTO_JAR", "");
    private static final String CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private FasterCrypto() {}

    static boolean isOn() {
        return !JAR.isEmpty();
    }

    /** What follows the JVM's flags to run a jar of Quarkus. */
    static List<String> run(Path jar, Path folder) throws IOException {
        if (!isOn()) {
            return List.of("-jar", jar.toString());
        }
        List<String> providers = Stream.concat(
                        Stream.of(CLASS), Stream.of(Security.getProviders()).map(Provider::getName))
                .toList();
        Path order = folder.resolve("crypto.security");
        Files.writeString(
                order,
                IntStream.rangeClosed(1, providers.size())
                        .mapToObj(i -> "security.provider." + i + "=" + providers.get(i - 1) + "\n")
                        .collect(Collectors.joining()));
        return List.of(
                "-Djava.security.properties=" + order,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                JAR + ":" + jar,
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    }
}
