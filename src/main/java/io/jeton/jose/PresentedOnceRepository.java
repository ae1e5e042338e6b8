package io.jeton.jose;

import io.jeton.crypto.Sha256;
import io.jeton.database.Purge;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;

/** Table {@code presented_once}: what may be presented once, by a hash of its id, whichever replica it comes to. */
@ApplicationScoped
public final class PresentedOnceRepository implements Purge {
    private final Pool pool;

    PresentedOnceRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * Notes that something was presented.
     *
     * @param issuer whose id it is: two may choose the same
     * @param until when it would be refused anyway
     * @return false where it was presented before
     */
    public Uni<Boolean> present(String issuer, String id, Instant until) {
        return pool.preparedQuery(
                        "insert into presented_once (hash, expires_at) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(Buffer.buffer(hash(issuer, id)), until.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Uni<Integer> purge(int batch) {
        String sql = """
                delete from presented_once where hash in (select hash from presented_once
                    where expires_at < now() - interval '1 minute' limit $1 for update skip locked)""";
        return pool.preparedQuery(sql).execute(Tuple.of(batch)).map(RowSet::rowCount);
    }

    private static byte[] hash(String issuer, String id) {
        MessageDigest sha256 = Sha256.digest();
        sha256.update(issuer.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        return sha256.digest(id.getBytes(StandardCharsets.UTF_8));
    }
}
