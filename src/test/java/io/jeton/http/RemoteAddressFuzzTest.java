package io.jeton.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever stands in {@code X-Forwarded-For} or {@code Forwarded}: the address is an address, and whom nobody trusts is not believed. */
class RemoteAddressFuzzTest {
    private final RemoteAddress address = RemoteAddressTest.trusting("10.0.0.0/8,2001:db8::/32");
    private final RemoteAddress forwarded = RemoteAddressTest.trusting("10.0.0.0/8,2001:db8::/32", "forwarded");

    @FuzzTest(maxDuration = "1m")
    void isAnAddress(byte[] data) {
        String header = new String(data, StandardCharsets.ISO_8859_1);
        String seen = address.outermost("10.0.0.1", List.of(header));
        assertTrue(NetUtil.isValidIpV4Address(seen) || NetUtil.isValidIpV6Address(seen), seen);
        assertEquals("203.0.113.9", address.outermost("203.0.113.9", List.of(header)));
        assertEquals("203.0.113.9", address.outermost("10.0.0.1", List.of(header, "203.0.113.9")));
        String other = forwarded.outermost("10.0.0.1", List.of(header));
        assertTrue(NetUtil.isValidIpV4Address(other) || NetUtil.isValidIpV6Address(other), other);
        assertEquals("203.0.113.9", forwarded.outermost("10.0.0.1", List.of(header, "for=\"203.0.113.9:1\"")));
    }
}
