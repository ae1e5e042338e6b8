package io.jeton.user;

import io.jeton.database.VersionedRow;
import io.jeton.managed.Source;
import io.vertx.mutiny.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Between a row of table {@code account} and what it says; roles are space-delimited there. */
final class AccountRows {
    /** What is read, as a statement names it. */
    static final String COLUMNS = row(new AccountRow(
                    new UUID(0, 0), new AccountSpecification("", true, List.of()), "", Source.API))
            .selected();

    private AccountRows() {}

    static VersionedRow row(AccountRow account) {
        return new VersionedRow("account", columns(account));
    }

    private static Map<String, @Nullable Object> columns(AccountRow row) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("id", row.id());
        columns.put("name", row.name());
        columns.put("password_hash", row.passwordHash());
        columns.put("enabled", row.account().enabled());
        columns.put("roles", String.join(" ", row.account().roles()));
        columns.put("source", row.source().name());
        columns.put(
                "withdrawn_at",
                row.withdrawnAt().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
        return columns;
    }

    static StoredAccount stored(Row row) {
        OffsetDateTime withdrawn = row.getOffsetDateTime("withdrawn_at");
        return new StoredAccount(
                new AccountRow(
                        row.getUUID("id"),
                        new AccountSpecification(
                                row.getString("name"),
                                row.getBoolean("enabled"),
                                List.copyOf(roles(row.getString("roles")))),
                        row.getString("password_hash"),
                        Source.valueOf(row.getString("source")),
                        Optional.ofNullable(withdrawn).map(OffsetDateTime::toInstant)),
                row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    static Set<String> roles(String words) {
        return Arrays.stream(words.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    static RegisteredAccount registered(StoredAccount stored, boolean declared) {
        AccountRow row = stored.row();
        return new RegisteredAccount(
                row.id(),
                row.account(),
                row.source(),
                declared,
                stored.version(),
                stored.createdAt(),
                stored.updatedAt());
    }
}
