package io.jeton.user;

import io.jeton.crypto.MacKey;
import io.jeton.http.ClientNetwork;
import io.jeton.protocol.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Something that may be guessed, and who pays for a wrong guess.
 *
 * @param payers the keys of the budgets, and which limit each has
 */
public record Guess(Map<String, Limit> payers) {

    /** The limits of {@link GuessConfig}. */
    public enum Limit {
        ACCOUNT,
        ADDRESS,
        NAME,
        TOTAL;

        /**
         * Whether being exhausted again and again closes it for longer: not where somebody else could be locked out by what
         * strangers do, and behind one address there may be many.
         */
        boolean backsOff() {
            return this == ACCOUNT;
        }
    }

    /** A user code, typed by somebody who is signed in. */
    public static Guess ofUserCode(Account account, String address) {
        return new Guess(Map.of(
                "code account " + account.id(),
                Limit.ACCOUNT,
                "code address " + ClientNetwork.of(address),
                Limit.ADDRESS,
                "code",
                Limit.TOTAL));
    }

    /** A password. The name is kept as a MAC: people type their password into the wrong field. */
    static Guess ofPassword(MacKey key, Credentials credentials, String address) {
        String name = "password "
                + Identifier.of(key.tag("sign-in name", credentials.name().getBytes(StandardCharsets.UTF_8)));
        String network = ClientNetwork.of(address);
        return new Guess(Map.of(
                name + " address " + network,
                Limit.ACCOUNT,
                "password address " + network,
                Limit.ADDRESS,
                name,
                Limit.NAME));
    }

    List<String> subjects() {
        return List.copyOf(payers.keySet());
    }

    Limit limit(String subject) {
        return payers.getOrDefault(subject, Limit.ACCOUNT);
    }
}
