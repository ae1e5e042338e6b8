package io.jeton.device.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Gathers the lines of a file, and finds those that speak of a device that another line has. */
final class EnrolmentLines {
    private final List<EnrolmentLine> good = new ArrayList<>();
    private final List<BadLine> bad = new ArrayList<>();
    private final Map<String, EnrolmentLine> bySerial = new HashMap<>();
    private final Map<String, EnrolmentLine> byKey = new HashMap<>();
    private int identical;

    /** @return false where there are too many: what follows is not read */
    boolean add(int number, IntFunction<EnrolmentLine> reader) {
        if (good.size() + bad.size() + identical >= EnrolmentParser.MOST_LINES) {
            bad.add(new BadLine(number, "the file has more than 100000 devices: split it"));
            return false;
        }
        try {
            add(reader.apply(number));
        } catch (BadLineException e) {
            bad.add(new BadLine(number, e.reason()));
        }
        return true;
    }

    private void add(EnrolmentLine line) {
        EnrolmentLine sameSerial = bySerial.get(line.serial());
        EnrolmentLine sameKey = byKey.get(line.key().thumbprint());
        if (sameSerial != null && line.isSameAs(sameSerial)) {
            identical++;
        } else if (sameSerial != null) {
            throw new BadLineException("the same serial as in line " + sameSerial.number());
        } else if (sameKey != null) {
            throw new BadLineException("the same key as in line " + sameKey.number());
        } else {
            bySerial.put(line.serial(), line);
            byKey.put(line.key().thumbprint(), line);
            good.add(line);
        }
    }

    EnrolmentFile done() {
        return new EnrolmentFile(good, bad, identical, true);
    }

    /** @param number a line behind which nothing can be read */
    EnrolmentFile stopped(int number, String reason) {
        bad.add(new BadLine(number, reason));
        return stopped();
    }

    EnrolmentFile stopped() {
        return EnrolmentFile.unreadable(bad);
    }
}
