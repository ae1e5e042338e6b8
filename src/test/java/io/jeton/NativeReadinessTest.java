package io.jeton;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What would be wrong in a native executable and right on the JVM: classes are initialised while it is built, and only what
 * was announced can be reached by reflection or as a resource.
 */
class NativeReadinessTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/io/jeton/demo/"))
            .importPackages("io.jeton");

    /** Made when a class is loaded, they would be the same in every copy of the executable. */
    private static final List<String> NOT_AT_BUILD_TIME = List.of(
            "java.util.Random",
            "java.time.Clock",
            "java.time.Instant",
            "java.security.Key",
            "java.security.KeyPair",
            "java.security.KeyPairGenerator",
            "java.security.KeyStore",
            "java.security.Provider",
            "java.security.Signature",
            "java.security.MessageDigest",
            "javax.crypto.Cipher",
            "javax.crypto.KeyGenerator",
            "javax.crypto.Mac",
            "java.lang.Thread",
            "java.net.http.HttpClient",
            "java.util.concurrent.ExecutorService",
            "io.vertx.core.Vertx");

    private static final Set<String> REFLECTIVE = Set.of(
            "java.lang.reflect.Method.invoke",
            "java.lang.reflect.Constructor.newInstance",
            "java.lang.reflect.Proxy.newProxyInstance",
            "java.lang.Class.forName",
            "java.lang.Class.newInstance",
            "java.lang.ClassLoader.loadClass",
            "java.lang.invoke.MethodHandles.lookup",
            "java.util.ServiceLoader.load",
            "java.util.ResourceBundle.getBundle");

    @Test
    void nothingSecretOrTimedIsMadeWhenAClassIsLoaded() {
        ArchRule rule = noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(describe("made at run time, or holding what is", NativeReadinessTest::belongsToARun));
        rule.check(MAIN);
        assertThrows(AssertionError.class, () -> rule.check(of(Baked.class)));
        assertThrows(AssertionError.class, () -> rule.check(of(BakedWithin.class, Holder.class)));
    }

    @Test
    void noClassReadsTheClockTheEnvironmentOrChanceWhenItIsLoaded() {
        ArchRule rule = noClasses()
                .should()
                .accessTargetWhere(describe(
                        "it is of this run alone",
                        access -> access.getOrigin().getName().equals("<clinit>")
                                && isOfThisRun(access.getTargetOwner().getName() + "." + access.getName())));
        rule.check(MAIN);
        assertThrows(AssertionError.class, () -> rule.check(of(Baked.class)));
    }

    /** Of the service loader and of a resource of our own. Whoever needs reflection registers what it reaches, here too. */
    private static final Set<String> REGISTERED = Set.of("io.jeton.ops.Demo", "io.jeton.admin.DescriptionPublication");

    @Test
    void nothingIsReachedByReflectionOrAsAResourceOfItsOwn() {
        ArchRule rule = noClasses()
                .that(describe("are not looked after below", c -> !REGISTERED.contains(c.getName())))
                .should()
                .accessTargetWhere(describe("it is reflective", NativeReadinessTest::isReflective));
        rule.check(MAIN);
        assertThrows(AssertionError.class, () -> rule.check(of(Reflective.class)));
    }

    @Test
    void theDescriptionOfTheAdminApiIsInTheExecutable() throws IOException {
        Properties settings = new Properties();
        try (InputStream file = getClass().getResourceAsStream("/application.properties")) {
            settings.load(file);
        }
        String resource = settings.getProperty("quarkus.native.resources.includes");
        assertNotNull(getClass().getResource("/" + resource), resource);
    }

    /** Which is not in the executable. */
    @Test
    void theOnlyServiceThatIsLoadedIsDemoMode() {
        Set<JavaClass> literals = MAIN.get("io.jeton.ops.Demo").getReferencedClassObjects().stream()
                .map(literal -> literal.getRawType())
                .filter(resideInAPackage("io.jeton.."))
                .collect(java.util.stream.Collectors.toSet());
        if (!literals.equals(Set.of(MAIN.get("io.jeton.ops.Demo")))) {
            throw new AssertionError("Demo loads " + literals);
        }
    }

    /** What Jackson is told of by annotations, it reads by reflection. What it meets besides: {@link io.jeton.test.JsonTypes}. */
    @Test
    void whatJacksonReadsIsRegistered() {
        ArchRule rule = classes()
                .that(describe("have Jackson's annotations", NativeReadinessTest::isForJackson))
                .should()
                .beAnnotatedWith(RegisterForReflection.class);
        rule.check(MAIN);
        assertThrows(AssertionError.class, () -> rule.check(of(Unregistered.class)));
    }

    /** Else Quarkus would keep the name of a class that is nowhere, or of another one. */
    @Test
    void whatIsRegisteredIsAValueForTheWire() {
        classes()
                .that()
                .areAnnotatedWith(RegisterForReflection.class)
                .should()
                .beRecords()
                .check(MAIN);
    }

    private static boolean belongsToARun(JavaClass type) {
        return isMadeAtRunTime(type)
                || (type.getPackageName().startsWith("io.jeton")
                        && type.getAllFields().stream()
                                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                                .anyMatch(field -> isMadeAtRunTime(field.getRawType())));
    }

    private static boolean isMadeAtRunTime(JavaClass type) {
        return NOT_AT_BUILD_TIME.stream().anyMatch(type::isAssignableTo);
    }

    private static boolean isOfThisRun(String target) {
        return Set.of(
                                "java.lang.System.nanoTime",
                                "java.lang.System.currentTimeMillis",
                                "java.lang.System.getenv",
                                "java.lang.System.getProperty",
                                "java.util.UUID.randomUUID",
                                "java.lang.Math.random",
                                "java.lang.ProcessHandle.current",
                                "java.net.InetAddress.getLocalHost")
                        .contains(target)
                || (target.startsWith("java.time.") && target.endsWith(".now"));
    }

    private static boolean isReflective(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String target = owner + "." + access.getName();
        return REFLECTIVE.contains(target)
                || (owner.matches("java\\.lang\\.(Class|ClassLoader|Module)")
                        && access.getName()
                                .matches(
                                        "get(Declared.+|Method|Methods|Field|Fields|Constructors?|Resource.*|RecordComponents|PermittedSubclasses)"))
                || (access.getName().equals("readObject") && owner.equals("java.io.ObjectInputStream"));
    }

    private static boolean isForJackson(JavaClass type) {
        return Stream.concat(Stream.of(type), type.getMembers().stream())
                .flatMap(element -> element.getAnnotations().stream())
                .anyMatch(annotation ->
                        annotation.getRawType().getPackageName().equals("com.fasterxml.jackson.annotation"));
    }

    private static JavaClasses of(Class<?>... types) {
        return new ClassFileImporter().importClasses(types);
    }

    static final class Baked {
        static final Random RANDOM = new SecureRandom();
        static final long STARTED = System.nanoTime();
    }

    static final class Holder {
        final Clock clock = Clock.systemUTC();
        final Instant since = clock.instant();
    }

    static final class BakedWithin {
        static final Holder HOLDER = new Holder();
    }

    static final class Reflective {
        Object made() throws ReflectiveOperationException {
            return Class.forName("java.lang.Object").getDeclaredConstructor().newInstance();
        }
    }

    record Unregistered(
            @com.fasterxml.jackson.annotation.JsonProperty("a")
            String a) {}
}
