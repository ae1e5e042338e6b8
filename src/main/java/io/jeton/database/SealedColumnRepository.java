package io.jeton.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Sealed values of any table: format (1 byte), id of the key that sealed them (4), and what nobody here understands. */
@ApplicationScoped
public final class SealedColumnRepository {
    private static final Logger LOG = Logger.getLogger(SealedColumnRepository.class);

    private final Pool pool;

    public SealedColumnRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * What became of a batch.
     *
     * @param last the row after which to go on; empty where nothing is left to look at
     */
    public record Batch(String last, int sealedAnew) {}

    /** Which values to look at: those that some keys have sealed, after a row (from the first one on where it is empty). */
    public record Range(List<String> keys, String after, int most) {
        public Range from(String row) {
            return new Range(keys, row, most);
        }
    }

    /** How one value is sealed anew, as what it is sealed as; fails with IllegalStateException where it does not open. */
    public interface Sealing {
        byte[] anew(byte[] sealed, String context);
    }

    /** How many values each key has sealed, by its id. */
    public Uni<Map<String, Long>> countByKey(SealedColumn column) {
        String sql = "select %1$s as key, count(*) as count from %2$s where %3$s is not null group by 1"
                .formatted(key(column), column.table(), column.name());
        return pool.query(sql).execute().map(rows -> {
            Map<String, Long> counts = new TreeMap<>();
            rows.forEach(row -> counts.put(row.getString("key"), row.getLong("count")));
            return counts;
        });
    }

    /** Seals anew, in one statement, what still is as it was read. What does not open stays as it is. */
    public Uni<Batch> sealAnew(SealedColumn column, Range range, Sealing sealing) {
        String sql = "select %5$s from %2$s where %4$s > $1 and %1$s = any($2) order by %4$s limit $3"
                .formatted(key(column), column.table(), column.name(), column.id(), String.join(", ", read(column)));
        return pool.preparedQuery(sql)
                .execute(Tuple.of(range.after(), range.keys().toArray(String[]::new), range.most()))
                .chain(rows -> {
                    Changes changes = new Changes();
                    String last = "";
                    for (Row row : rows) {
                        last = row.getString(column.id());
                        changes.add(column, row, sealing);
                    }
                    String goOn = rows.size() < range.most() ? "" : last;
                    return write(column, changes).map(sealedAnew -> new Batch(goOn, sealedAnew));
                });
    }

    /** One statement is one notification to all replicas. */
    private Uni<Integer> write(SealedColumn column, Changes changes) {
        if (changes.ids.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        String sql = """
                update %1$s t set %2$s = n.sealed
                from unnest($1::text[], $2::bytea[], $3::bytea[]) as n(id, seen, sealed)
                where t.%3$s = n.id and t.%2$s = n.seen""".formatted(column.table(), column.name(), column.id());
        return pool.preparedQuery(sql).execute(changes.parameters()).map(RowSet::rowCount);
    }

    private static List<String> read(SealedColumn column) {
        return Stream.concat(Stream.of(column.id(), column.name()), column.others().stream())
                .toList();
    }

    private static String key(SealedColumn column) {
        return "encode(substring(%s from 2 for 4), 'hex')".formatted(column.name());
    }

    private static final class Changes {
        private final List<String> ids = new ArrayList<>();
        private final List<Buffer> seen = new ArrayList<>();
        private final List<Buffer> sealed = new ArrayList<>();

        void add(SealedColumn column, Row row, Sealing sealing) {
            String id = row.getString(column.id());
            Buffer value = row.getBuffer(column.name()).getDelegate();
            try {
                Buffer anew = Buffer.buffer(
                        sealing.anew(value.getBytes(), column.context().apply(row)));
                ids.add(id);
                seen.add(value);
                sealed.add(anew);
            } catch (IllegalStateException e) {
                LOG.errorf("%s of %s is not sealed anew: %s", column, id, e.getMessage());
            }
        }

        Tuple parameters() {
            return Tuple.of(ids.toArray(String[]::new), seen.toArray(Buffer[]::new), sealed.toArray(Buffer[]::new));
        }
    }
}
