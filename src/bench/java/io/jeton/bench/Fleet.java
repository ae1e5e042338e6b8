package io.jeton.bench;

import io.jeton.bench.load.Rotation;
import io.jeton.keys.BenchmarkMac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;

/** Devices by the million, written by SQL: number {@code i} has the row whose id is the MD5 of {@code i}. */
final class Fleet implements Rotation.Tokens {
    private static final String[] WITHOUT_INDEXES = {
        "alter table refresh_token drop constraint refresh_token_device_id_fkey",
        "alter table refresh_token drop constraint refresh_token_device_id_key",
        "alter table refresh_token drop constraint refresh_token_pkey",
        "drop index device_account_id_client_id_serial_idx",
        "alter table device drop constraint device_pkey"
    };
    private static final String[] WITH_INDEXES = {
        "alter table device add primary key (id)",
        "create unique index on device (account_id, client_id, serial)",
        "alter table refresh_token add primary key (id)",
        "alter table refresh_token add unique (device_id)",
        "alter table refresh_token add foreign key (device_id) references device on delete cascade",
        "vacuum analyze device",
        "vacuum analyze refresh_token",
        "checkpoint"
    };
    // The foreign keys of each row need no check: all devices are one person's.
    private static final String DEVICES = """
            insert into device (id, account_id, client_id, name, first_seen_from)
            select md5(i::text)::uuid, (select id from account), '%s', 'Thermometer', '192.0.2.1'
            from generate_series(%d, %d) i""";
    private static final String TOKENS = """
            insert into refresh_token (id, client_id, account_id, device_id, scope, authenticated_at, generation, confirmed,
                retries, issued_at, idle_expires_at, absolute_expires_at)
            select md5(i::text)::uuid, '%s', (select id from account), md5(i::text)::uuid, 'telemetry:write', now(), 1, 0, 0,
                now(), now() + interval '90 days', now() + interval '10 years'
            from generate_series(%d, %d) i""";

    private final int[] generations;
    private final LongAdder rotations = new LongAdder();
    private final BenchmarkMac mac;

    private Fleet(int[] generations, BenchmarkMac mac) {
        this.generations = generations;
        this.mac = mac;
    }

    /** Adds what is missing, in the way a database is restored: rows first, indexes after. */
    static Fleet of(int size, Postgres postgres, String database) throws SQLException {
        int present = (int) postgres.number(database, "select count(*) from refresh_token");
        if (present < size) {
            postgres.execute(database, WITHOUT_INDEXES);
            postgres.execute(
                    database,
                    "set session_replication_role = replica",
                    DEVICES.formatted(Jeton.DEVICE, present, size - 1),
                    TOKENS.formatted(Jeton.DEVICE, present, size - 1));
            postgres.execute(database, WITH_INDEXES);
        }
        postgres.execute(database, "update refresh_token set generation = 1, confirmed = 0 where generation <> 1");
        return new Fleet(newGenerations(size), BenchmarkMac.of(sealed(postgres, database), Jeton.KEK));
    }

    private static int[] newGenerations(int size) {
        int[] generations = new int[size];
        Arrays.fill(generations, 1);
        return generations;
    }

    private static BenchmarkMac.Sealed sealed(Postgres postgres, String database) throws SQLException {
        String where = " from signing_key where algorithm = 'HMAC' and state = 'ACTIVE'";
        return new BenchmarkMac.Sealed(
                postgres.text(database, "select kid" + where),
                (int) postgres.number(database, "select mac_version" + where),
                postgres.text(database, "select encode(sealed_private, 'hex')" + where));
    }

    @Override
    public int size() {
        return generations.length;
    }

    /** The token that this device has now. */
    @Override
    public String token(int device) {
        return mac.refreshToken(id(device), generations[device]);
    }

    @Override
    public void rotated(int device) {
        generations[device]++;
        rotations.increment();
    }

    /** Refreshes that were answered so far. */
    long rotations() {
        return rotations.sum();
    }

    private static UUID id(int device) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5")
                    .digest(String.valueOf(device).getBytes(StandardCharsets.US_ASCII));
            ByteBuffer bytes = ByteBuffer.wrap(hash);
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
