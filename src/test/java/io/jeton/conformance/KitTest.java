package io.jeton.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The yardstick itself: it can say no. */
class KitTest {
    /** What a server that says yes to everything does right. */
    private static final Set<String> RIGHT = Set.of(
            "A parameter without a value is treated as if it were omitted",
            "Unrecognized parameters are ignored",
            "An unknown scope is invalid_scope, or is left out",
            "After the approval a poll brings a token",
            "A code typed in small letters and without its dashes is understood",
            "A device whose answer got lost comes again with the token it has",
            "A refused request does not use the token up",
            "Of eight presentations at the same instant, one live token is left at most",
            "A code that is presented again and again gives one live refresh token at most",
            "A token that was never issued is answered with 200",
            "Another client cannot give a token back",
            "The key set has keys",
            "The aggregation lists addresses",
            "The coordinates of EC keys have their full length",
            "RSA keys have 2048 bits at least",
            "The device authorization endpoint can be found");

    @Test
    void aServerThatSaysYesToEverythingFails() throws Exception {
        try (WrongServer server = new WrongServer()) {
            Report report = Kit.run(target(server.issuer()), one -> true);
            List<String> passed = report.lines().stream()
                    .filter(line -> line.verdict() instanceof Verdict.Passed)
                    .map(line -> line.about().title())
                    .filter(title -> !RIGHT.contains(title))
                    .toList();
            assertEquals(List.of(), passed);
            assertFalse(report.conforms());
            assertTrue(new ObjectMapper().readTree(report.json()).path("cases").size() > 60);
        }
    }

    @Test
    void aServerThatIsNotThereFailsEveryCaseAndNotTheRun() {
        for (Case one : Kit.cases()) {
            assertInstanceOf(Verdict.Failed.class, one.run(new Server(target("http://127.0.0.1:1"))), one.title());
        }
    }

    @Test
    void noTwoCasesAreTheSame() {
        List<String> names =
                Kit.cases().stream().map(one -> one.section() + one.title()).toList();
        assertEquals(names.size(), Set.copyOf(names).size());
    }

    private static Target target(String issuer) {
        return new Target(
                issuer,
                "device",
                Optional.of("other"),
                Optional.of(new Target.Service("service", "secret")),
                "a b",
                Optional.of(new Person("alice", "secret")));
    }
}
