package io.jeton.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.restassured.RestAssured;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the kit, whatever its level, against the service. */
@ServiceTest
class ConformanceTest {
    /** Codes live too long to wait for their end. */
    private static final Set<String> NOT_SEEN = Set.of("After its end a code is expired_token");

    static Stream<Named<Case>> cases() {
        return Kit.cases().stream().map(one -> Named.of(one.section() + ": " + one.title(), one));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isMet(Case one) {
        Verdict verdict = one.run(new Server(target()));
        if (verdict instanceof Verdict.Failed failed) {
            fail(failed.seen());
        } else if (verdict instanceof Verdict.Skipped skipped) {
            // A feature that is no longer announced must not go unnoticed.
            assertTrue(NOT_SEEN.contains(one.title()), skipped.why());
            abort(skipped.why());
        }
    }

    private static Target target() {
        return new Target(
                "http://localhost:" + RestAssured.port,
                TestClients.LISTED_DEVICE,
                Optional.of(TestClients.OTHER_DEVICE),
                Optional.of(new Target.Service(TestClients.SERVICE, TestClients.SECRET)),
                "openid telemetry:write",
                Optional.of(new Person(TestClients.PERSON, TestClients.PASSWORD)));
    }
}
