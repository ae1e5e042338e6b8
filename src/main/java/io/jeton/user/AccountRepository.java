package io.jeton.user;

import io.jeton.database.OpenTransaction;
import io.jeton.managed.Page;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Table {@code account}. Whoever changes it holds its lock until the transaction ends. */
@ApplicationScoped
final class AccountRepository implements PanacheRepositoryBase<AccountEntity, UUID> {

    @WithSession
    Uni<Optional<AccountEntity>> findByName(String name) {
        return find("name", name).firstResult().map(Optional::ofNullable);
    }

    @WithSession
    Uni<Optional<AccountEntity>> find(UUID id) {
        return findById(id).map(Optional::ofNullable);
    }

    @WithSession
    Uni<List<AccountEntity>> list(Page.Request page) {
        return find(
                        "name > :after and lower(name) like :part escape '!' order by name",
                        Map.of("after", page.after(), "part", page.pattern()))
                .range(0, page.size())
                .list();
    }

    /** The password hashes of those there are, by name. */
    @WithSession
    Uni<Map<String, String>> passwordHashes(Collection<String> names) {
        return list("name in ?1", names)
                .map(rows -> rows.stream().collect(Collectors.toMap(row -> row.name, row -> row.passwordHash)));
    }

    /** One after the other: who looks first and writes then must be alone. In the caller's transaction. */
    Uni<Void> lock() {
        return getSession()
                .chain(session -> session.createNativeQuery("select pg_advisory_xact_lock(hashtext('account'))")
                        .getResultList())
                .replaceWithVoid();
    }

    /** The caller's. */
    Uni<OpenTransaction> transaction() {
        return getSession().map(OpenTransaction::of);
    }

    Uni<Optional<AccountEntity>> findLocked(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE).map(Optional::ofNullable);
    }

    /** These, and all that the source declared. */
    Uni<List<AccountEntity>> findLocked(Collection<String> names, String source) {
        return find("name in :names or source = :source", Map.of("names", names, "source", source))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** What of the row is written now, with what the database adds to it. */
    Uni<AccountEntity> write(AccountEntity row) {
        return getSession().chain(session -> session.persist(row)
                .chain(session::flush)
                .chain(() -> session.refresh(row))
                .replaceWith(row));
    }

    /** Ends every session of these persons; of how many that was. */
    Uni<Integer> endSessions(Collection<UUID> accounts) {
        return accounts.isEmpty()
                ? Uni.createFrom().item(0)
                : getSession().chain(session -> session.createNativeQuery(
                                "delete from browser_session where account_id in (:accounts)")
                        .setParameter("accounts", accounts)
                        .executeUpdate());
    }

    /** Writes new rows, and whatever was changed in others. */
    Uni<Void> writeAll(List<AccountEntity> created) {
        return (created.isEmpty() ? Uni.createFrom().voidItem() : persist(created)).chain(this::flush);
    }

    /** Deletes an account and all that belongs to it; returns how many devices that were. */
    Uni<Long> deleteWithDevices(AccountEntity row) {
        String sql = "select count(*) from device where account_id = ?1";
        return getSession().chain(session -> session.createNativeQuery(sql, Long.class)
                .setParameter(1, row.id)
                .getSingleResult()
                .call(() -> session.remove(row).chain(session::flush)));
    }
}
