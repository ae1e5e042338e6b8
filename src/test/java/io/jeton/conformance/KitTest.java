package io.jeton.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The yardstick itself: it can say no. */
class KitTest {
    /**
     * One server says yes to everything, another grudges whatever is out of the ordinary, a third says nothing of itself:
     * each case fails at one of them at least.
     */
    @Test
    void everyCaseCanSayNo() throws Exception {
        try (WrongServer generous = new WrongServer();
                GrudgingServer grudging = new GrudgingServer()) {
            Set<String> failed = new HashSet<>();
            for (String issuer : List.of(generous.issuer(), grudging.issuer(), grudging.silentIssuer())) {
                Report report = Kit.run(target(issuer), one -> true);
                assertFalse(report.conforms());
                failed.addAll(failed(report));
            }
            assertEquals(
                    List.of(),
                    Kit.cases().stream()
                            .map(KitTest::name)
                            .filter(name -> !failed.contains(name))
                            .toList());
        }
    }

    /** Else what fails there would show no more than that a case cannot go on. */
    @Test
    void theGrudgingServerDoesWhatIsPlain() throws Exception {
        try (GrudgingServer grudging = new GrudgingServer()) {
            Server server = new Server(target(grudging.issuer()));
            String first = server.refreshToken();
            assertEquals(200, server.refresh(first).require("refresh").status());
            assertEquals(
                    200,
                    server.tokenAsService("grant_type", "client_credentials").status());
            server.person().approve(server.code().verification(), server.code().userCode());
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
        List<String> names = Kit.cases().stream().map(KitTest::name).toList();
        assertEquals(names.size(), Set.copyOf(names).size());
    }

    private static List<String> failed(Report report) {
        return report.lines().stream()
                .filter(line -> line.verdict() instanceof Verdict.Failed)
                .map(line -> name(line.about()))
                .toList();
    }

    private static String name(Case one) {
        return one.section() + ": " + one.title();
    }

    private static Signers signers() {
        try {
            return Signers.read(Files.readString(Path.of("src/conformance/peers/signers.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Target target(String issuer) {
        return new Target(
                issuer,
                "device",
                Optional.of("other"),
                Optional.of(new Target.Service("service", "secret")),
                "a b",
                Optional.of(new Person("alice", "secret")),
                signers(),
                Target.PATIENCE);
    }
}
