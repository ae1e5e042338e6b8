package io.jeton.device.fleet;

import java.util.List;

/**
 * A file of devices as it was read.
 *
 * @param identical how many lines repeat another one, word for word
 * @param readable whether it was read to its end: what follows a line that cannot be read is not guessed at
 */
record EnrolmentFile(List<EnrolmentLine> good, List<BadLine> bad, int identical, boolean readable) {
    static EnrolmentFile unreadable(List<BadLine> bad) {
        return new EnrolmentFile(List.of(), bad, 0, false);
    }
}
