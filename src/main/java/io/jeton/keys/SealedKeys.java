package io.jeton.keys;

import io.jeton.database.SealedColumn;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Where table {@code signing_key} holds sealed values. */
@Singleton
final class SealedKeys {
    @Produces
    @Singleton
    SealedColumn secret() {
        return new SealedColumn(
                "signing_key",
                "kid",
                "sealed_private",
                List.of("custody", "algorithm", "public_jwk"),
                SealedKeys::context);
    }

    private static String context(Row row) {
        return StoredKey.context(
                Custody.valueOf(row.getString("custody")),
                row.getString("kid"),
                KeyAlgorithm.of(row.getString("algorithm")),
                row.getString("public_jwk"));
    }
}
