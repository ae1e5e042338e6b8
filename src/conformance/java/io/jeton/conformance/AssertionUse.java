package io.jeton.conformance;

import java.io.IOException;

/** What assertions are for: a client authenticates, or somebody gets tokens. */
interface AssertionUse {
    /** Who signs, where the server offers this and the kit was given somebody. */
    Signer signer(Server server) throws IOException, InterruptedException;

    Answer present(Server server, Signer signer, String assertion) throws IOException, InterruptedException;

    /** What a good assertion gets, so that what is said of a bad one is about what is bad in it. */
    default Signer proven(Server server) throws IOException, InterruptedException {
        Signer signer = signer(server);
        present(server, signer, signer.good(server)).require("an assertion as it should be");
        return signer;
    }

    default Verdict refused(Server server, Signer signer, String assertion) throws IOException, InterruptedException {
        Answer answer = present(server, signer, assertion);
        return Verdict.of(answer.status() == 400 || answer.status() == 401, answer.seen());
    }
}
