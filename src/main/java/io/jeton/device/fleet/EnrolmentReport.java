package io.jeton.device.fleet;

import java.util.Comparator;
import java.util.List;

/**
 * What became of an import.
 *
 * @param imported how many devices there are more
 * @param identical how many lines said what was known already
 * @param badLines how many lines are bad
 * @param bad the first of them
 * @param applied whether what is good was imported; false where something is bad and nobody asked for the rest
 */
public record EnrolmentReport(int imported, int identical, int badLines, List<BadLine> bad, boolean applied) {
    /** How many bad lines are named. */
    public static final int MOST = 100;

    static EnrolmentReport refused(List<BadLine> bad) {
        return new EnrolmentReport(0, 0, bad.size(), first(bad), false);
    }

    static EnrolmentReport applied(int imported, int identical, List<BadLine> bad) {
        return new EnrolmentReport(imported, identical, bad.size(), first(bad), true);
    }

    private static List<BadLine> first(List<BadLine> bad) {
        return bad.stream()
                .sorted(Comparator.comparingInt(BadLine::number))
                .limit(MOST)
                .toList();
    }
}
