package io.jeton.device.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HashSet;
import java.util.Set;

/** A file of devices: bad lines with a number and a reason, or devices within their bounds, each once. */
class EnrolmentParserFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void isBadByLineOrWithinBounds(byte[] file) {
        for (EnrolmentFormat format : EnrolmentFormat.values()) {
            EnrolmentFile parsed = EnrolmentParser.parse(file, format);
            Set<String> keys = new HashSet<>();
            Set<String> serials = new HashSet<>();
            for (EnrolmentLine line : parsed.good()) {
                assertTrue(line.number() >= 1);
                assertTrue(serials.add(line.serial()) && keys.add(line.key().thumbprint()));
                assertEquals(43, line.key().thumbprint().length());
                assertFalse(line.serial().isBlank() || line.serial().length() > 100);
                assertFalse(line.key().publicJwk().orElse("").contains("\"d\""));
            }
            parsed.bad()
                    .forEach(bad -> assertFalse(bad.number() < 0 || bad.reason().isBlank()));
            assertTrue(parsed.readable() || !parsed.bad().isEmpty());
        }
    }
}
