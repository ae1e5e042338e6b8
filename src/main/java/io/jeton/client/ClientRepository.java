package io.jeton.client;

import io.jeton.database.OpenTransaction;
import io.jeton.database.Purge;
import io.jeton.managed.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Table {@code client}. Whoever changes it holds its lock until the transaction ends. */
@ApplicationScoped
final class ClientRepository implements PanacheRepositoryBase<ClientEntity, String>, Purge {
    private final LifetimeLimits limits;

    ClientRepository(LifetimeLimits limits) {
        this.limits = limits;
    }

    @WithSession
    Uni<List<Client>> clients() {
        return listAll()
                .map(rows ->
                        rows.stream().map(row -> ClientRows.client(row, limits)).toList());
    }

    @WithSession
    Uni<Optional<ClientEntity>> find(String id) {
        return isStorable(id)
                ? findById(id).map(Optional::ofNullable)
                : Uni.createFrom().item(Optional.empty());
    }

    @WithSession
    Uni<List<ClientEntity>> list(Page.Request page) {
        String query = "id > :after and (lower(id) like :part escape '!' or lower(name) like :part escape '!')"
                + " order by id";
        return find(query, Map.of("after", page.after(), "part", page.pattern()))
                .range(0, page.size())
                .list();
    }

    /** One after the other: who looks first and writes then must be alone. In the caller's transaction. */
    Uni<Void> lock() {
        return getSession()
                .chain(session -> session.createNativeQuery("select pg_advisory_xact_lock(hashtext('client'))")
                        .getResultList())
                .replaceWithVoid();
    }

    /** The caller's. */
    Uni<OpenTransaction> transaction() {
        return getSession().map(OpenTransaction::of);
    }

    Uni<Optional<ClientEntity>> findLocked(String id) {
        return isStorable(id)
                ? findById(id, LockModeType.PESSIMISTIC_WRITE).map(Optional::ofNullable)
                : Uni.createFrom().item(Optional.empty());
    }

    /** These, and all that the source declared. */
    Uni<List<ClientEntity>> findLocked(Collection<String> ids, String source) {
        return find("id in :ids or source = :source", Map.of("ids", ids, "source", source))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** What of the row is written now, with what the database adds to it. */
    Uni<ClientEntity> write(ClientEntity row) {
        return getSession().chain(session -> session.persist(row)
                .chain(session::flush)
                .chain(() -> session.refresh(row))
                .replaceWith(row));
    }

    /** Writes new rows, and whatever was changed in others. */
    Uni<Void> writeAll(List<ClientEntity> created) {
        return (created.isEmpty() ? Uni.createFrom().voidItem() : persist(created)).chain(this::flush);
    }

    /** Deletes a client and all that belongs to it; returns how many devices that were. */
    Uni<Long> deleteWithDevices(ClientEntity row) {
        return getSession().chain(session -> session.createNativeQuery(
                        "select count(*) from device where client_id = ?1", Long.class)
                .setParameter(1, row.id)
                .getSingleResult()
                .call(() -> session.remove(row).chain(session::flush)));
    }

    /** Forgets former secrets that count no longer. A look first: every update is told to all replicas. */
    @Override
    @WithTransaction
    public Uni<Integer> purge(int batch) {
        String ended = "select id from client where former_secret_until < now() limit " + batch;
        String sql = "update client set former_secret_hash = null, former_sealed_secret = null,"
                + " former_secret_until = null where former_secret_until < now() and id in (" + ended + ")";
        return getSession().chain(session -> session.createNativeQuery(ended, String.class)
                .getResultList()
                .chain(ids -> ids.isEmpty()
                        ? Uni.createFrom().item(0)
                        : session.createNativeQuery(sql).executeUpdate()));
    }

    /** PostgreSQL refuses the character that C ends its strings with. */
    private static boolean isStorable(String id) {
        return id.indexOf('\0') < 0;
    }
}
