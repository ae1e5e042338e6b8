package io.jeton.user;

import io.jeton.managed.Source;
import java.util.List;
import java.util.Set;

/** Between a row of table {@code account} and what it says. */
final class AccountRows {
    private AccountRows() {}

    /** Writes a description over whatever the row says; its id and password are left as they are. */
    static void write(AccountSpecification account, AccountEntity row) {
        row.name = account.name();
        row.enabled = account.enabled();
        row.roles = String.join(" ", account.roles());
    }

    static Account account(AccountEntity row) {
        return new Account(row.id, row.name, roles(row.roles));
    }

    static Set<String> roles(String words) {
        return words.isEmpty() ? Set.of() : Set.of(words.split(" ", -1));
    }

    static RegisteredAccount registered(AccountEntity row, boolean declared) {
        return new RegisteredAccount(
                row.id,
                new AccountSpecification(row.name, row.enabled, List.copyOf(roles(row.roles))),
                Source.valueOf(row.source),
                declared,
                row.version,
                row.createdAt.toInstant(),
                row.updatedAt.toInstant());
    }
}
