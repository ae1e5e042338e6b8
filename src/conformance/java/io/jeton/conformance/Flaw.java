package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What is wrong with an assertion, whoever made it and whatever it is for: RFC 7523 §3.
 *
 * @param sentence what the server does, beginning after the kind of assertion
 */
record Flaw(String section, Level level, String sentence, Making making) {
    private static final long LONG = 3600;
    private static final long YEAR = 31_536_000;

    /** Makes the bad assertion. */
    interface Making {
        String make(Signer signer, Assertion good);
    }

    /** A case for each, of this kind of assertion. */
    static Stream<Case> cases(String kind, AssertionUse use) {
        return all().stream()
                .map(flaw -> new Case(flaw.section, flaw.level, kind + " " + flaw.sentence, server -> {
                    Signer signer = use.proven(server);
                    return use.refused(server, signer, flaw.making.make(signer, signer.assertion(server)));
                }));
    }

    private static List<Flaw> all() {
        return List.of(
                missing("iss"),
                missing("sub"),
                missing("aud"),
                missing("exp"),
                claim("for another server is refused", good -> good.with("aud", "https://somebody-else.example")),
                claim("that is over is refused", good -> good.at("iat", -2 * LONG)
                        .at("exp", -LONG)),
                claim("that is not valid yet is refused", good -> good.at("nbf", LONG)
                        .at("exp", 2 * LONG)),
                of(MUST, "that is not signed is refused", (signer, good) -> good.unsigned()),
                of(MUST, "signed by a stranger is refused", (signer, good) -> signer.stranger()
                        .sign(good)),
                of(
                        MUST,
                        "that was altered is refused",
                        (signer, good) -> Assertion.altered(signer.sign(good), good.with("exp", 4_000_000_000L))),
                new Flaw(
                        "RFC 7515 §4.1.11",
                        MUST,
                        "that demands an unknown extension is refused",
                        (signer, good) -> signer.sign(
                                good.header("crit", List.of("nobody-knows")).header("nobody-knows", true))),
                of(
                        PRACTICE,
                        "that is good for a year is refused",
                        (signer, good) -> signer.sign(good.at("exp", YEAR).without("iat"))));
    }

    private static Flaw missing(String claim) {
        return claim("without " + claim + " is refused", good -> good.without(claim));
    }

    private static Flaw claim(String sentence, UnaryOperator<Assertion> change) {
        return of(MUST, sentence, (signer, good) -> signer.sign(change.apply(good)));
    }

    private static Flaw of(Level level, String sentence, Making making) {
        return new Flaw("RFC 7523 §3", level, sentence, making);
    }
}
