package io.jeton.user;

import io.jeton.crypto.MacKey;
import io.jeton.protocol.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Something that may be guessed, and who pays for a wrong guess.
 *
 * @param person the key of the narrow budget
 * @param place the key of the wide one
 */
public record Guess(String person, String place) {

    /** A user code, typed by somebody who is signed in. */
    public static Guess ofUserCode(Account account, String address) {
        return new Guess("code account " + account.id(), "code address " + ClientNetwork.of(address));
    }

    /** A password. The name is kept as a MAC: people type their password into the wrong field. */
    static Guess ofPassword(MacKey key, Credentials credentials, String address) {
        String network = ClientNetwork.of(address);
        byte[] name = key.tag("sign-in name", credentials.name().getBytes(StandardCharsets.UTF_8));
        return new Guess("password " + Identifier.of(name) + " address " + network, "password address " + network);
    }

    List<String> subjects() {
        return List.of(person, place);
    }
}
