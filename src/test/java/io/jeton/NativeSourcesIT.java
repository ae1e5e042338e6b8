package io.jeton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What native-image would be given: {@code native/check} makes it and runs this. */
class NativeSourcesIT {
    private static final Path SOURCES = Path.of("target", "native-sources");
    private static final String METADATA = "META-INF/native-image/";
    private static final List<String> RANDOM = List.of(
            "java.security.SecureRandom",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.security.KeyPairGenerator",
            "java.security.Signature",
            "javax.crypto.Cipher",
            "javax.crypto.Mac");

    /** A stand-in for a field of the JDK, which the compiler resets. */
    private static final String SUBSTITUTION = "io.quarkus.runtime.graal.Target_sun_security_jca_JCAUtil";

    @BeforeAll
    static void theyWereMade() {
        assumeTrue(Files.isDirectory(SOURCES), "no native sources: run native/check");
    }

    @Test
    void demoModeAndItsDatabaseAreNotInIt() throws IOException {
        List<String> libraries =
                libraries().map(Path::getFileName).map(Path::toString).toList();
        for (String part : List.of("zonky", "commons-compress", "org.tukaani", "qute-debug")) {
            assertEquals(
                    List.of(),
                    libraries.stream().filter(name -> name.contains(part)).toList());
        }
        try (JarFile jar = runner()) {
            assertFalse(jar.stream().anyMatch(entry -> entry.getName().startsWith("io/jeton/demo/")));
            assertFalse(jar.stream().anyMatch(entry -> entry.getName().startsWith("META-INF/services/io.jeton")));
        }
    }

    @Test
    void whatIsReadAtRunTimeIsInIt() throws IOException {
        Set<String> included = patterns("resource-config.json");
        for (String folder : List.of("db/migration", "templates", "META-INF/resources")) {
            Path root = Path.of("src/main/resources");
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                List<String> missing = files.filter(Files::isRegularFile)
                        .map(file -> "\\Q" + root.relativize(file) + "\\E")
                        .filter(pattern -> !included.contains(pattern))
                        .toList();
                assertEquals(List.of(), missing, folder);
            }
        }
    }

    @Test
    void whatIsRegisteredForReflectionIsInIt() throws IOException {
        Set<String> registered = names("reflect-config.json");
        JavaClasses main = new ClassFileImporter().importPath(Path.of("target/classes"));
        Set<String> missing = main.stream()
                .filter(type -> type.isAnnotatedWith(RegisterForReflection.class))
                .map(JavaClass::getName)
                .filter(name -> !registered.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), missing);
        assertTrue(registered.contains("io.jeton.token.TokenResponse"));
    }

    @Test
    void itIsBuiltForAnyProcessorAndWithNothingToFallBackTo() throws IOException {
        List<String> arguments = arguments();
        assertTrue(arguments.contains("--no-fallback"), arguments.toString());
        assertTrue(arguments.contains("--link-at-build-time"), arguments.toString());
        assertTrue(arguments.contains("-march=compatibility"), arguments.toString());
        assertTrue(
                arguments.stream().anyMatch(argument -> argument.matches("--enable-url-protocols=.*\\bhttps\\b.*")),
                arguments.toString());
    }

    /** Quarkus initialises every class while it builds, but for those it is told of. */
    @Test
    void noLibraryBringsItsRandomnessAlong() throws IOException {
        String excepted = exceptions();
        Set<String> found = new TreeSet<>();
        for (Path library : libraries().toList()) {
            for (JavaClass type : withFieldsOfRandomness(library)) {
                boolean baked = type.getFields().stream().anyMatch(NativeSourcesIT::isBaked);
                if (baked
                        && !excepted.contains(type.getName())
                        && !type.getName().equals(SUBSTITUTION)) {
                    found.add(type.getName());
                }
            }
        }
        assertEquals(Set.of(), found, "name them in quarkus.native.additional-build-args");
    }

    private static boolean isBaked(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC)
                && RANDOM.contains(field.getRawType().getName());
    }

    /** Only classes that mention one of the types are read at length: there are tens of thousands. */
    private static JavaClasses withFieldsOfRandomness(Path library) throws IOException {
        List<URI> candidates = new ArrayList<>();
        try (JarFile jar = new JarFile(library.toFile())) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    String bytes = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                    if (RANDOM.stream().anyMatch(type -> bytes.contains("L" + type.replace('.', '/') + ";"))) {
                        candidates.add(URI.create("jar:" + library.toUri() + "!/" + entry.getName()));
                    }
                }
            }
        }
        return new ClassFileImporter()
                .importLocations(candidates.stream()
                        .map(com.tngtech.archunit.core.importer.Location::of)
                        .toList());
    }

    /** The names of classes that are initialised at run time: by our arguments, or by an extension's word in the feature. */
    private static String exceptions() throws IOException {
        try (JarFile jar = runner()) {
            byte[] feature = jar.getInputStream(jar.getEntry("io/quarkus/runner/Feature.class"))
                    .readAllBytes();
            return new String(feature, StandardCharsets.ISO_8859_1)
                    + arguments().stream()
                            .filter(argument -> argument.startsWith("--initialize-at-run-time="))
                            .collect(Collectors.joining());
        }
    }

    private static List<String> arguments() throws IOException {
        return List.of(Files.readString(SOURCES.resolve("native-image.args")).split("\\s+", -1));
    }

    private static Set<String> names(String file) throws IOException {
        return StreamSupport.stream(metadata(file).spliterator(), false)
                .map(entry -> entry.path("name").asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> patterns(String file) throws IOException {
        return StreamSupport.stream(metadata(file).at("/resources/includes").spliterator(), false)
                .map(entry -> entry.path("pattern").asText())
                .collect(Collectors.toSet());
    }

    private static JsonNode metadata(String file) throws IOException {
        try (JarFile jar = runner()) {
            return new ObjectMapper().readTree(jar.getInputStream(jar.getEntry(METADATA + file)));
        }
    }

    private static JarFile runner() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return new JarFile(files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toFile());
        }
    }

    private static Stream<Path> libraries() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES.resolve("lib"))) {
            return files.sorted().toList().stream();
        }
    }
}
