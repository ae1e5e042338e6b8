package io.jeton.device.registry;

import io.jeton.protocol.Scopes;
import io.jeton.user.Account;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@link DeviceListRepository} as a device. */
final class DeviceRow {
    private DeviceRow() {}

    static Device read(Row row) {
        return new Device(
                row.getUUID("id"),
                owner(row),
                row.getString("client_id"),
                new Device.Description(text(row, "name"), text(row, "model"), text(row, "serial")),
                new Device.Standing(
                        DeviceState.valueOf(row.getString("state")),
                        Optional.ofNullable(instant(row, "state_changed_at")),
                        "OPERATOR".equals(row.getString("state_changed_by"))),
                seen(row),
                text(row, "key_thumbprint"),
                grant(row),
                row.getLong("version"));
    }

    private static Optional<Account> owner(Row row) {
        UUID account = row.getUUID("account_id");
        return account == null ? Optional.empty() : Optional.of(new Account(account, row.getString("owner")));
    }

    private static Device.Seen seen(Row row) {
        Instant first = Objects.requireNonNull(instant(row, "first_seen_at"));
        String firstFrom = row.getString("first_seen_from");
        Instant issued = instant(row, "issued_at");
        return issued == null || issued.isBefore(first)
                ? new Device.Seen(first, firstFrom, first, firstFrom)
                : new Device.Seen(
                        first, firstFrom, issued, text(row, "seen_from").orElse(firstFrom));
    }

    private static Optional<DeviceGrant> grant(Row row) {
        Instant issued = instant(row, "issued_at");
        if (issued == null) {
            return Optional.empty();
        }
        Instant revoked = instant(row, "revoked_at");
        return Optional.of(new DeviceGrant(
                Scopes.of(row.getString("scope")),
                Objects.requireNonNull(instant(row, "granted_at")),
                issued,
                Objects.requireNonNull(instant(row, "expires_at")),
                row.getBoolean("live"),
                revoked == null
                        ? Optional.empty()
                        : Optional.of(new DeviceGrant.Revocation(
                                revoked, text(row, "revocation_reason").orElse(""))),
                row.getLong("status_index")));
    }

    private static Optional<String> text(Row row, String column) {
        return Optional.ofNullable(row.getString(column));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
