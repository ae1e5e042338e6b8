package io.jeton.user;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Table {@code account}. */
@ApplicationScoped
final class AccountRepository implements PanacheRepositoryBase<AccountEntity, UUID> {

    @WithSession
    Uni<Optional<AccountEntity>> findByName(String name) {
        return find("name", name).firstResult().map(Optional::ofNullable);
    }

    /** Writes an account under its name, over whatever was there: two replicas may start at once. */
    @WithTransaction
    Uni<Void> save(AccountEntity declared) {
        String sql = """
                insert into account (id, name, password_hash, enabled) values (?1, ?2, ?3, ?4)
                on conflict (name) do update set password_hash = excluded.password_hash, enabled = excluded.enabled""";
        return getSession()
                .chain(session -> session.createNativeQuery(sql)
                        .setParameter(1, declared.id)
                        .setParameter(2, declared.name)
                        .setParameter(3, declared.passwordHash)
                        .setParameter(4, declared.enabled)
                        .executeUpdate())
                .replaceWithVoid();
    }
}
