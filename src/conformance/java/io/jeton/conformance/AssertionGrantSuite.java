package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Tokens for an assertion that somebody has signed, with nobody approving: RFC 7523 §2.1, §3. */
final class AssertionGrantSuite implements Suite {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final AssertionUse USE = new Use();

    private static final class Use implements AssertionUse {
        @Override
        public Signer signer(Server server) throws IOException, InterruptedException {
            if (!server.announces("grant_types_supported", GRANT)) {
                throw new NotOfferedException("the metadata has no " + GRANT);
            }
            return server.target()
                    .signers()
                    .grant()
                    .orElseThrow(() -> new NotOfferedException("nobody was given who signs for tokens"));
        }

        @Override
        public Answer present(Server server, Signer signer, String assertion) throws IOException, InterruptedException {
            return send(server, signer, "grant_type", GRANT, "assertion", assertion);
        }
    }

    @Override
    public List<Case> cases() {
        Stream<Case> own = Stream.of(
                new Case("RFC 7523 §2.1", MUST, "A grant's assertion gets an access token", server -> {
                    Signer signer = USE.signer(server);
                    Answer answer = USE.present(server, signer, signer.good(server));
                    return Verdict.of(
                            answer.status() == 200
                                    && !answer.text("access_token").isEmpty(),
                            answer.seen());
                }),
                new Case("RFC 7523 §3.1", MUST, "A grant's assertion of nobody is invalid_grant", server -> {
                    String nobody = "nobody-" + UUID.randomUUID();
                    return invalid(server, good -> good.with("iss", nobody).with("sub", nobody));
                }),
                new Case(
                        "RFC 7523 §3.1",
                        MUST,
                        "A grant's assertion that is over is invalid_grant",
                        server -> invalid(
                                server, good -> good.with("iat", 1_000_000_000).with("exp", 1_000_000_060))),
                new Case("RFC 7523 §3.1", MUST, "A grant's assertion by a stranger's key is invalid_grant", server -> {
                    Signer signer = USE.proven(server);
                    return USE.present(server, signer, signer.stranger().good(server))
                            .refused("invalid_grant");
                }),
                new Case("RFC 7523 §3", PRACTICE, "A grant's assertion is good once", server -> {
                    Signer signer = USE.signer(server);
                    String assertion = signer.good(server);
                    USE.present(server, signer, assertion).require("an assertion as it should be");
                    return USE.refused(server, signer, assertion);
                }),
                new Case(
                        "RFC 6749 §5.2",
                        MUST,
                        "The assertion's grant without an assertion is invalid_request",
                        server -> {
                            Signer signer = USE.proven(server);
                            return send(server, signer, "grant_type", GRANT).refused("invalid_request");
                        }));
        return Stream.concat(own, Flaw.cases("A grant's assertion", USE)).toList();
    }

    private interface Change {
        Assertion make(Assertion good);
    }

    private static Verdict invalid(Server server, Change change) throws IOException, InterruptedException {
        Signer signer = USE.proven(server);
        return USE.present(server, signer, signer.sign(change.make(signer.assertion(server))))
                .refused("invalid_grant");
    }

    private static Answer send(Server server, Signer signer, String... parameters)
            throws IOException, InterruptedException {
        String form = Server.form(parameters);
        String uri = server.endpoint("token_endpoint");
        Optional<String> secret = signer.clientSecret();
        return secret.isPresent()
                ? server.send(Server.posting(uri, form)
                        .header("Authorization", Server.basic(signer.clientId(), secret.get())))
                : server.send(Server.posting(uri, form + "&" + Server.form("client_id", signer.clientId())));
    }
}
