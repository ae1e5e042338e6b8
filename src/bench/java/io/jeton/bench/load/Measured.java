package io.jeton.bench.load;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;

/**
 * What a run showed.
 *
 * @param perSecond requests, or whole flows
 * @param p50 and the other quantiles: milliseconds
 * @param serverCpu milliseconds for each request; the same as seconds for 1,000
 * @param databaseCpu milliseconds for each request, all of PostgreSQL's processes
 * @param peakMib the most memory the server ever had resident
 * @param bytes of one answer, headers included, on average
 */
public record Measured(
        String name,
        int connections,
        long count,
        double perSecond,
        double p50,
        double p95,
        double p99,
        double p999,
        double serverCpu,
        double databaseCpu,
        long peakMib,
        long bytes) {

    public static final String HEADING = """
            | load | connections | per second | p50 ms | p95 ms | p99 ms | p99.9 ms | server CPU ms | database CPU ms | peak RSS MiB | answer bytes |
            | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |""";

    /** A line below {@link #HEADING}. */
    public String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.2f | %.2f | %.2f | %.2f | %.3f | %.3f | %d | %d |",
                name,
                connections,
                perSecond,
                p50,
                p95,
                p99,
                p999,
                serverCpu,
                databaseCpu,
                peakMib,
                bytes);
    }

    /** One line for machines. */
    public String json() {
        return new JsonObject(Map.ofEntries(
                        Map.entry("name", name),
                        Map.entry("connections", connections),
                        Map.entry("count", count),
                        Map.entry("per_second", perSecond),
                        Map.entry("p50_ms", p50),
                        Map.entry("p95_ms", p95),
                        Map.entry("p99_ms", p99),
                        Map.entry("p999_ms", p999),
                        Map.entry("server_cpu_ms", serverCpu),
                        Map.entry("database_cpu_ms", databaseCpu),
                        Map.entry("peak_mib", peakMib),
                        Map.entry("bytes", bytes)))
                .encode();
    }
}
