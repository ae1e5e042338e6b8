package io.jeton.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/**
 * To whom the CPU time of a sample belongs: the room of the code, or the feature that a library brings, that is deepest in the
 * stack, with all that it calls; where there is none, the layer of the frameworks that is deepest.
 */
final class Share {
    static final String ELSEWHERE = "the JDK, by itself";

    private static final String ROOMS = "io.jeton.";
    private static final String ROUTING = "io.vertx.ext.web.impl.RoutingContextImpl";
    private static final Map<String, String> FEATURES = Map.of(
            "java.security.Signature", "the ES256 signature",
            "io.micrometer.", "metrics: Micrometer",
            "io.quarkus.micrometer.", "metrics: Micrometer",
            "io.opentelemetry.", "traces: OpenTelemetry",
            "io.quarkus.opentelemetry.", "traces: OpenTelemetry");
    private static final Map<String, String> LAYERS = Map.of(
            "io.vertx.sqlclient.", "SQL client",
            "io.vertx.pgclient.", "SQL client",
            "org.jboss.resteasy.", "REST",
            "io.quarkus.resteasy.", "REST",
            "io.quarkus.vertx.", "HTTP",
            "io.vertx.", "HTTP",
            "io.netty.", "HTTP",
            "io.smallrye.", "Mutiny, contexts, configuration",
            "io.quarkus.", "Quarkus");

    private Share() {}

    static String of(RecordedStackTrace stack) {
        List<RecordedFrame> frames =
                stack.getFrames().stream().filter(RecordedFrame::isJavaFrame).toList();
        return deepest(frames.stream().takeWhile(frame -> !handsTheRequestOn(frame)), Share::feature)
                .or(() -> deepest(frames.stream(), Share::layer))
                .orElse(ELSEWHERE);
    }

    private static Optional<String> deepest(Stream<RecordedFrame> frames, Function<String, Optional<String>> share) {
        return frames.map(frame -> share.apply(frame.getMethod().getType().getName()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What comes after a filter is not the filter's. */
    private static boolean handsTheRequestOn(RecordedFrame frame) {
        return frame.getMethod().getType().getName().startsWith(ROUTING)
                && frame.getMethod().getName().equals("iterateNext");
    }

    private static Optional<String> feature(String type) {
        if (type.startsWith(ROOMS)) {
            String room = type.substring(ROOMS.length());
            return Optional.of("io.jeton." + room.substring(0, Math.max(0, room.indexOf('.'))));
        }
        return find(FEATURES, type);
    }

    private static Optional<String> layer(String type) {
        return find(LAYERS, type);
    }

    /** The longest prefix wins: what Quarkus adds to Vert.x is not Quarkus. */
    private static Optional<String> find(Map<String, String> shares, String type) {
        return shares.keySet().stream()
                .filter(type::startsWith)
                .max(Comparator.comparingInt(String::length))
                .map(shares::get);
    }
}
