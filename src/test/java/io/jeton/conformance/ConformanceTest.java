package io.jeton.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of the kit, whatever its level, against the service. */
@ServiceTest
class ConformanceTest {
    /** Codes live too long to wait for their end. */
    private static final Set<String> NOT_SEEN = Set.of("After its end a code is expired_token");

    private static Signers signers;

    /** The kit's own signers, one of which is a device that an operator enrolled. */
    @BeforeAll
    static void signersAreRegistered() throws Exception {
        signers = Signers.read(Files.readString(Path.of("src/conformance/peers/signers.json")));
        Database.update(
                "insert into device (id, client_id, serial, first_seen_from, public_jwk, key_thumbprint)"
                        + " values (?, ?, 'S-1', 'import', ?, ?) on conflict do nothing",
                UUID.randomUUID(),
                TestClients.SENSOR,
                TestClients.SIGNERS_KEY,
                JsonWebKey.Factory.newJwk(TestClients.SIGNERS_KEY).calculateBase64urlEncodedThumbprint("SHA-256"));
    }

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
                Optional.of(new Person(TestClients.PERSON, TestClients.PASSWORD)),
                signers,
                Target.PATIENCE);
    }
}
