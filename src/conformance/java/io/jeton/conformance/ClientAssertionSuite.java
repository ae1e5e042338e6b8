package io.jeton.conformance;

import static io.jeton.conformance.Level.MUST;
import static io.jeton.conformance.Level.PRACTICE;
import static io.jeton.conformance.Level.SHOULD;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jose4j.keys.HmacKey;

/** Clients that sign instead of telling their secret: RFC 7523 §2.2, §3. */
final class ClientAssertionSuite implements Suite {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final int AT_ONCE = 5;
    private static final Method PRIVATE_KEY = new Method("private_key_jwt");
    private static final Method SECRET = new Method("client_secret_jwt");

    /** A way to authenticate, of discovery's {@code token_endpoint_auth_methods_supported}. */
    private record Method(String name) implements AssertionUse {
        @Override
        public Signer signer(Server server) throws IOException, InterruptedException {
            if (!isAnnounced(server)) {
                throw new NotOfferedException("the metadata has no " + name);
            }
            Signers signers = server.target().signers();
            return (name.equals("private_key_jwt") ? signers.privateKey() : signers.secret())
                    .orElseThrow(() -> new NotOfferedException("no client of " + name + " was given"));
        }

        boolean isAnnounced(Server server) throws IOException, InterruptedException {
            return server.announces("token_endpoint_auth_methods_supported", name);
        }

        @Override
        public Answer present(Server server, Signer signer, String assertion) throws IOException, InterruptedException {
            return server.token(parameters(assertion));
        }
    }

    @Override
    public List<Case> cases() {
        return Stream.of(
                        Stream.of(
                                new Case(
                                        "RFC 8414 §2",
                                        MUST,
                                        "By which algorithms clients may sign is announced",
                                        this::told),
                                new Case(
                                        "RFC 8414 §2",
                                        MUST,
                                        "Clients are not told that they need not sign",
                                        this::none)),
                        method("private_key_jwt", "An assertion by private key", PRIVATE_KEY),
                        byPrivateKey(),
                        method("client_secret_jwt", "An assertion by secret", SECRET))
                .flatMap(some -> some)
                .toList();
    }

    private static Stream<Case> method(String name, String kind, Method method) {
        Stream<Case> own = Stream.of(
                new Case(
                        "RFC 7523 §2.2", MUST, "A client of " + name + " is authenticated by what it signs", server -> {
                            Answer answer = present(server, method);
                            return Verdict.of(answer.status() == 200, answer.seen());
                        }),
                new Case("RFC 7523 §3", MUST, kind + " that speaks for another client is refused", server -> {
                    Signer signer = method.proven(server);
                    return method.refused(
                            server,
                            signer,
                            signer.sign(signer.assertion(server)
                                    .with("sub", server.target().device())));
                }),
                new Case("RFC 7523 §3", PRACTICE, kind + " is good once", server -> {
                    Signer signer = method.signer(server);
                    String assertion = signer.good(server);
                    method.present(server, signer, assertion).require("an assertion as it should be");
                    return method.refused(server, signer, assertion);
                }));
        return Stream.concat(own, Flaw.cases(kind, method));
    }

    private Stream<Case> byPrivateKey() {
        return Stream.of(
                new Case("RFC 7523 §3.2", MUST, "A refused client assertion is invalid_client", server -> {
                    Signer signer = PRIVATE_KEY.proven(server);
                    Answer answer = PRIVATE_KEY.present(
                            server, signer, signer.stranger().good(server));
                    return Verdict.of(answer.error().equals("invalid_client"), answer.seen());
                }),
                new Case(
                        "RFC 7523 §3",
                        PRACTICE,
                        "Of a client assertion that comes several times at once one counts",
                        this::atOnce),
                new Case("RFC 8725 §3.1", MUST, "A public key is no secret that signs for its client", server -> {
                    Signer signer = PRIVATE_KEY.proven(server);
                    String mac = signer.assertion(server).signed(new HmacKey(signer.publicBytes()), "HS256");
                    return PRIVATE_KEY.refused(server, signer, mac);
                }),
                new Case(
                        "RFC 8725 §3.1",
                        MUST,
                        "A key that a client assertion brings along counts for nothing",
                        server -> {
                            Signer signer = PRIVATE_KEY.proven(server);
                            Signer stranger = signer.stranger();
                            return PRIVATE_KEY.refused(
                                    server,
                                    signer,
                                    stranger.sign(signer.assertion(server).header("jwk", stranger.publicKey())));
                        }),
                new Case(
                        "RFC 7521 §4.2",
                        MUST,
                        "Beside a client assertion the client_id of another is refused",
                        server -> {
                            Signer signer = PRIVATE_KEY.proven(server);
                            return refused(server, and(signer.good(server), "client_id", server.other()));
                        }),
                new Case("RFC 7521 §4.2", MUST, "An assertion of an unknown type authenticates nobody", server -> {
                    Signer signer = PRIVATE_KEY.proven(server);
                    String[] parameters = parameters(signer.good(server));
                    parameters[3] = "urn:nobody:knows";
                    return refused(server, parameters);
                }),
                new Case("RFC 6749 §2.3", SHOULD, "An assertion and a secret at once are refused", server -> {
                    Signer signer = PRIVATE_KEY.proven(server);
                    Answer answer = server.tokenAsService(parameters(signer.good(server)));
                    return Verdict.of(answer.status() == 400 || answer.status() == 401, answer.seen());
                }));
    }

    private Verdict told(Server server) throws IOException, InterruptedException {
        requireAny(server);
        int algorithms = server.metadata()
                .path("token_endpoint_auth_signing_alg_values_supported")
                .size();
        return Verdict.of(algorithms > 0, "no token_endpoint_auth_signing_alg_values_supported");
    }

    private Verdict none(Server server) throws IOException, InterruptedException {
        requireAny(server);
        return Verdict.of(
                !server.announces("token_endpoint_auth_signing_alg_values_supported", "none"), "none is among them");
    }

    private Verdict atOnce(Server server) throws IOException, InterruptedException {
        Signer signer = PRIVATE_KEY.proven(server);
        long counted = server.atOnce(AT_ONCE, parameters(signer.good(server))).stream()
                .filter(answer -> answer.status() == 200)
                .count();
        return Verdict.of(counted == 1, counted + " of " + AT_ONCE + " counted");
    }

    private static Answer present(Server server, Method method) throws IOException, InterruptedException {
        Signer signer = method.signer(server);
        return method.present(server, signer, signer.good(server));
    }

    private static void requireAny(Server server) throws IOException, InterruptedException {
        if (!PRIVATE_KEY.isAnnounced(server) && !SECRET.isAnnounced(server)) {
            throw new NotOfferedException("the metadata has no client authentication by assertion");
        }
    }

    private static Verdict refused(Server server, String... parameters) throws IOException, InterruptedException {
        Answer answer = server.token(parameters);
        return Verdict.of(answer.status() == 400 || answer.status() == 401, answer.seen());
    }

    private static String[] parameters(String assertion) {
        return new String[] {
            "grant_type", "client_credentials", "client_assertion_type", TYPE, "client_assertion", assertion
        };
    }

    private static String[] and(String assertion, String... more) {
        String[] some = parameters(assertion);
        return IntStream.range(0, some.length + more.length)
                .mapToObj(i -> i < some.length ? some[i] : more[i - some.length])
                .toArray(String[]::new);
    }
}
