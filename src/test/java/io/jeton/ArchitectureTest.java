package io.jeton;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Arrays.asList;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.vertx.VertxContextSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the house, who may enter which, and the habits every room keeps. */
class ArchitectureTest {
    /** A room, and the rooms it may import. Whatever is not here is closed. */
    private static final Map<String, Set<String>> MAY_IMPORT = table("""
            protocol   |
            crypto     |
            managed    |
            database   |
            audit      | protocol database
            limit      |
            http       | protocol audit crypto database limit
            discovery  | protocol audit http
            jose       | protocol crypto database
            mtls       | protocol http crypto discovery
            client     | protocol audit http crypto database discovery jose dpop mtls managed
            dpop       | protocol audit http crypto database discovery jose
            user       | protocol audit http limit crypto database discovery managed
            declaration | protocol database managed client user
            keys       | protocol audit http crypto database discovery jose client
            webhook    | protocol audit crypto database discovery keys
            grant      | protocol audit crypto discovery client
            device     | protocol audit http limit crypto database discovery jose dpop client grant user
            refresh    | protocol audit http crypto database discovery client grant
            status     | protocol audit http crypto database discovery client keys
            token      | protocol audit http limit crypto database discovery jose dpop mtls client grant user keys refresh status
            admin      | protocol audit http limit crypto database discovery jose dpop mtls client grant user keys refresh status device token webhook managed declaration
            ops        | protocol audit http limit crypto database discovery jose dpop mtls client grant user keys refresh status device token webhook managed declaration
            cli        | protocol audit http limit crypto database discovery jose dpop mtls client grant user keys refresh status device token webhook managed declaration admin ops
            demo       | protocol audit http limit crypto database discovery jose dpop mtls client grant user keys refresh status device token webhook managed declaration admin ops
            """);

    private static final Set<String> BANNED_ENDINGS =
            Set.of("Manager", "Helper", "Util", "Utils", "Impl", "Handler", "Processor", "Base");
    private static final Set<String> BANNED_BEGINNINGS = Set.of("Abstract", "Default");

    private static final String POOL = "io.vertx.(mutiny.)?(sqlclient.Pool|pgclient.PgPool)";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jeton");

    @TestFactory
    Stream<DynamicTest> aRoomImportsOnlyWhatTheTableAllows() {
        return MAY_IMPORT.keySet().stream().sorted().map(room -> dynamicTest(room, () -> check(staysInside(room))));
    }

    @Test
    void everyClassLivesInARoomOfTheTable() {
        check(classes().should().resideInAnyPackage(packages(MAY_IMPORT.keySet())));
    }

    @Test
    void roomsFormNoCycle() {
        check(slices().matching("io.jeton.(*)..").should().beFreeOfCycles());
    }

    /** Of the devices' room: pages and grants know fleets, fleets know the registry, and nobody looks back. */
    @Test
    void theRegistryKnowsNeitherFleetsNorPages() {
        check(noClasses()
                .that(resideInAPackage("io.jeton.device.registry"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.jeton.device", "io.jeton.device.fleet")));
        check(noClasses()
                .that(resideInAPackage("io.jeton.device.fleet"))
                .should()
                .dependOnClassesThat(resideInAPackage("io.jeton.device")));
    }

    @Test
    void everyPackageIsNullMarked() {
        check(classes().should(new ArchCondition<>("live in a package whose package-info is @NullMarked") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean marked = item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                events.add(new SimpleConditionEvent(item, marked, item.getName() + ": package not @NullMarked"));
            }
        }));
    }

    @Test
    void onlyRepositoriesTouchTheSqlPool() {
        check(noClasses()
                .that(are(not(inRooms("database", "ops"))))
                .and(are(not(withOutermostNameEnding("Repository"))))
                .should()
                .dependOnClassesThat(named(POOL)));
    }

    @Test
    void whoIsHandedATransactionHandsItOnAndRepositoriesAloneRunStatements() {
        check(noClasses()
                .that(are(not(inRooms("database", "ops"))))
                .and(are(not(withOutermostNameEnding("Repository"))))
                .should()
                .accessTargetWhere(describe("it runs a statement", access -> access.getTargetOwner()
                        .isAssignableTo("io.vertx.mutiny.sqlclient.SqlClient"))));
    }

    @Test
    void timeComesFromTheInjectedClock() {
        DescribedPredicate<JavaClass> theClock = describe("produce the Clock", c -> c.getMethods().stream()
                .anyMatch(m -> m.getRawReturnType().isEquivalentTo(Clock.class)
                        && m.isAnnotatedWith("jakarta.enterprise.inject.Produces")));
        check(noClasses().that(are(not(theClock))).should().accessTargetWhere(readsTheSystemClock()));
    }

    @Test
    void nothingBlocksOnAUni() {
        check(noClasses()
                .that(are(not(inRooms("ops", "demo"))))
                .should()
                .accessTargetWhere(describe(
                        "it waits for a Uni",
                        // At start there is no event loop to hold up, and nothing to answer before the wait is over.
                        access -> (access.getName().endsWith("AndAwait")
                                        && !access.getTargetOwner().isEquivalentTo(VertxContextSupport.class))
                                || (access.getName().equals("await")
                                        && access.getTargetOwner().isAssignableTo("io.smallrye.mutiny.Uni")))));
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses()
                .should()
                .haveNameMatching(".*[.$](" + String.join("|", BANNED_BEGINNINGS) + ")([A-Z][^.$]*)?")
                .orShould()
                .haveNameMatching(".*(" + String.join("|", BANNED_ENDINGS) + ")"));
    }

    @Test
    void dependenciesComeThroughTheConstructor() {
        check(fields().should()
                .notBeAnnotatedWith("jakarta.inject.Inject")
                .andShould()
                .notBeAnnotatedWith("jakarta.ws.rs.core.Context"));
    }

    @Test
    void configurationIsMappedNotPickedPropertyByProperty() {
        check(noClasses()
                .should()
                .dependOnClassesThat(named("org.eclipse.microprofile.config.inject.ConfigProperty(ies)?")));
    }

    @Test
    void randomnessMacsAndCiphersStayInCrypto() {
        check(noClasses()
                .that(are(not(inRooms("crypto"))))
                .should()
                .dependOnClassesThat(named("java.security.SecureRandom|javax.crypto.(Mac|Cipher)")));
    }

    @Test
    void classesAreFinalUnlessTheyAreMeantToBeExtended() {
        DescribedPredicate<JavaClass> plainClass = describe(
                "plain classes",
                c -> !c.isInterface()
                        && !c.isEnum()
                        && !c.isRecord()
                        && !c.isAnonymousClass()
                        && !c.isLocalClass()
                        && !c.getModifiers().contains(JavaModifier.SYNTHETIC));
        check(classes()
                .that(are(plainClass))
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT));
    }

    /** It judges any server, so it is built on none. Its own tests live beside it. */
    @Test
    void theConformanceKitKnowsNothingOfTheService() throws IOException {
        Path kit = Path.of("src/conformance/java/io/jeton/conformance");
        Set<String> names;
        try (Stream<Path> files = Files.list(kit)) {
            names = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        JavaClasses classes = new ClassFileImporter()
                .importPackages("io.jeton.conformance")
                .that(describe(
                        "of the kit",
                        c -> names.contains(
                                c.getName().replace("io.jeton.conformance.", "").replaceAll("\\$.*", ""))));
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.jeton..")
                        .and(not(resideInAPackage("io.jeton.conformance")))
                        .or(resideInAnyPackage("io.quarkus..", "io.smallrye..", "io.vertx..", "io.restassured..")))
                .check(classes);
    }

    /** Jazzer fuzzes the first of a process, and skips the others without a word. */
    @Test
    void aClassHasOneFuzzTest() {
        classes()
                .that(describe("are fuzzed", c -> fuzzTests(c) > 0))
                .should(new ArchCondition<>("have one fuzz test") {
                    @Override
                    public void check(JavaClass item, ConditionEvents events) {
                        long count = fuzzTests(item);
                        events.add(new SimpleConditionEvent(item, count <= 1, item.getName() + " has " + count));
                    }
                })
                .check(new ClassFileImporter().importPackages("io.jeton"));
    }

    private static long fuzzTests(JavaClass c) {
        return c.getMethods().stream()
                .filter(m -> m.isAnnotatedWith("com.code_intelligence.jazzer.junit.FuzzTest"))
                .count();
    }

    private static ArchRule staysInside(String room) {
        Set<String> open = new TreeSet<>(MAY_IMPORT.get(room));
        open.add(room);
        return noClasses()
                .that(resideInAPackage("io.jeton." + room + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.jeton..").and(not(resideInAnyPackage(packages(open)))))
                .as("io.jeton." + room + " imports only " + MAY_IMPORT.get(room));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheSystemClock() {
        return describe("it reads the system clock", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            boolean noClockGiven = access.getTarget().getDescription().endsWith("()>")
                    || access.getTarget().getDescription().endsWith("(java.time.ZoneId)>");
            return switch (owner) {
                case "java.lang.System" -> name.equals("currentTimeMillis");
                case "java.time.Clock" -> name.startsWith("system");
                case "java.util.Date" -> name.equals("<init>") && noClockGiven;
                default -> owner.startsWith("java.time.") && name.equals("now") && noClockGiven;
            };
        });
    }

    private static DescribedPredicate<JavaClass> inRooms(String... rooms) {
        return resideInAnyPackage(packages(Set.of(rooms)));
    }

    private static DescribedPredicate<JavaClass> withOutermostNameEnding(String... endings) {
        return describe("named *" + String.join(", *", endings), c -> {
            JavaClass outer = c;
            while (outer.getEnclosingClass().isPresent()) {
                outer = outer.getEnclosingClass().get();
            }
            return Arrays.stream(endings).anyMatch(outer.getSimpleName()::endsWith);
        });
    }

    private static DescribedPredicate<JavaClass> named(String pattern) {
        return describe("named " + pattern, c -> c.getName().matches(pattern));
    }

    private static DescribedPredicate<JavaClass> not(DescribedPredicate<? super JavaClass> predicate) {
        return DescribedPredicate.<JavaClass>not(predicate);
    }

    private static String[] packages(Set<String> rooms) {
        return rooms.stream().map(room -> "io.jeton." + room + "..").toArray(String[]::new);
    }

    /** The code grows room by room, so a rule also holds where there is nothing yet. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    private static Map<String, Set<String>> table(String lines) {
        return lines.lines()
                .map(line -> line.replace("|", "").trim().split(" +", -1))
                .collect(toMap(
                        words -> words[0], words -> Set.copyOf(asList(words).subList(1, words.length))));
    }
}
