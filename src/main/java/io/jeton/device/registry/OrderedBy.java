package io.jeton.device.registry;

import io.jeton.audit.Actor;
import io.jeton.user.Account;
import java.util.Optional;
import java.util.UUID;

/**
 * Who orders a change, and where from.
 *
 * @param id the account's id, or what the operator's token was issued to
 * @param from the address the order came from; empty where it came from no network
 */
public record OrderedBy(Kind kind, String id, String from) {
    /** What kind of who. */
    public enum Kind {
        /** The person whose device it is: orders reach own devices alone. */
        OWNER,
        OPERATOR
    }

    public static OrderedBy owner(Account account, String from) {
        return new OrderedBy(Kind.OWNER, account.id().toString(), from);
    }

    public static OrderedBy operator(String id, String from) {
        return new OrderedBy(Kind.OPERATOR, id, from);
    }

    /** @param id who runs the command line, which needs no network */
    public static OrderedBy commandLine(Actor id) {
        return new OrderedBy(Kind.OPERATOR, String.valueOf(id.id()), "");
    }

    /** Where the order came from, if from a network. */
    Optional<String> address() {
        return Optional.of(from).filter(address -> !address.isEmpty());
    }

    /** The same, as the trail calls it. */
    public Actor actor() {
        return isOwner() ? Actor.person(account()) : Actor.operator(id);
    }

    boolean isOwner() {
        return kind == Kind.OWNER;
    }

    UUID account() {
        return UUID.fromString(id);
    }
}
