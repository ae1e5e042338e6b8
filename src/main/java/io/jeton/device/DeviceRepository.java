package io.jeton.device;

import io.jeton.database.Rows;
import io.jeton.grant.TokenRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Table {@code device}: a device outlives its tokens. */
@ApplicationScoped
final class DeviceRepository {
    /**
     * Registers a device that a person approved. One that comes back with its serial number is the same device, under
     * its old id. One that was enrolled with a key is known by it: whoever only claims its serial number is not that device.
     *
     * @return the device's id; nothing where the device is suspended or retired, or its key is not proven
     */
    Uni<Optional<UUID>> register(SqlConnection tx, UUID newId, TokenRequest request, ConsumedAuthorization approved) {
        String sql = """
                insert into device (id, account_id, client_id, name, serial, model, first_seen_from)
                values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (account_id, client_id, serial) do update
                    set name = case when device.renamed then device.name else coalesce(excluded.name, device.name) end,
                        model = coalesce(excluded.model, device.model), version = device.version + 1
                    where device.state = 'ACTIVE' and (device.key_thumbprint is null or device.key_thumbprint = $8)
                returning id""";
        DeviceClaims claims = approved.claims();
        Tuple parameters = Tuple.tuple()
                .addUUID(newId)
                .addUUID(approved.account())
                .addString(request.client().id())
                .addString(claims.name().orElse(null))
                .addString(claims.serial().orElse(null))
                .addString(claims.model().orElse(null))
                .addString(approved.requestedFrom())
                .addString(request.provenKey().orElse(null));
        return tx.preparedQuery(sql).execute(parameters).map(rows -> Rows.first(rows, row -> row.getUUID("id")));
    }
}
