package io.jeton.admin;

import io.jeton.device.registry.DeviceSelector;
import io.jeton.device.registry.DeviceState;
import io.jeton.user.AccountService;
import io.jeton.user.RegisteredAccount;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Which devices a request means. */
@ApplicationScoped
public final class DeviceFilter {
    static final String[] NAMES = {
        "client", "model", "serial", "serial_prefix", "owner", "state", "seen_before", "seen_after"
    };
    static final int LONGEST = 200;

    private final AccountService accounts;

    DeviceFilter(AccountService accounts) {
        this.accounts = accounts;
    }

    public Uni<DeviceSelector> read(Said said) {
        DeviceSelector selector = new DeviceSelector(
                said.text("client", LONGEST),
                said.text("model", LONGEST),
                said.text("serial", LONGEST),
                said.text("serial-prefix", LONGEST),
                Optional.empty(),
                said.word("state", DeviceState.class),
                said.instant("seen-before"),
                said.instant("seen-after"));
        Optional<Instant> after = selector.seenAfter();
        if (selector.seenBefore()
                .filter(before -> after.filter(at -> !at.isBefore(before)).isPresent())
                .isPresent()) {
            said.refuse("seen-before", "must be later than seen_after");
        }
        return account(said, "owner").map(owner -> owner.map(selector::owner).orElse(selector));
    }

    /** The id of the account that is named, or whose id is given. */
    Uni<Optional<UUID>> account(Said said, String name) {
        Optional<String> named = said.text(name, LONGEST);
        return named.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : accounts.findByName(named.get())
                        .chain(found -> found.isPresent() ? Uni.createFrom().item(found) : byId(named.get()))
                        .map(found -> {
                            if (found.isEmpty()) {
                                said.refuse(name, "must be the name or the id of a user there is");
                            }
                            return found.map(RegisteredAccount::id);
                        });
    }

    private Uni<Optional<RegisteredAccount>> byId(String text) {
        return Said.id(text).map(accounts::find).orElseGet(() -> Uni.createFrom()
                .item(Optional.empty()));
    }
}
