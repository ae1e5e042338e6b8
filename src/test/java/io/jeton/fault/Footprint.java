package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Database;
import io.jeton.test.Replica;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the service occupies at one moment.
 *
 * @param heapKib the largest heap of the replicas after a full collection
 * @param rssKib the largest resident memory of the replicas
 * @param tableKib the table of refresh tokens, its indexes included
 * @param rows the rows in it
 */
record Footprint(long heapKib, long rssKib, long tableKib, long rows) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    static Footprint of(Replicas replicas) throws IOException, InterruptedException {
        long heap = 0;
        long rss = 0;
        for (Replica replica : replicas.all()) {
            jcmd(replica, "GC.run");
            heap = Math.max(heap, number(USED, jcmd(replica, "GC.heap_info")));
            rss = Math.max(
                    rss, number(RESIDENT, Files.readString(Path.of("/proc", String.valueOf(replica.pid()), "status"))));
        }
        var table = Database.one("select pg_total_relation_size('refresh_token') / 1024 as kib,"
                + " (select count(*) from refresh_token) as rows");
        return new Footprint(heap, rss, (long) table.get("kib"), (long) table.get("rows"));
    }

    private static String jcmd(Replica replica, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(replica.pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, jcmd.waitFor(), output);
        return output;
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), text);
        return Long.parseLong(matcher.group(1));
    }
}
