package io.jeton.client;

import io.jeton.database.SealedColumn;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Where table {@code client} holds sealed secrets. */
@Singleton
final class SealedSecrets {
    @Produces
    @Singleton
    SealedColumn present() {
        return column("sealed_secret");
    }

    @Produces
    @Singleton
    SealedColumn former() {
        return column("former_sealed_secret");
    }

    private static SealedColumn column(String name) {
        return new SealedColumn("client", "id", name, List.of(), row -> ClientSecrets.context(row.getString("id")));
    }
}
