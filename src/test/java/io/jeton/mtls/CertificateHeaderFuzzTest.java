package io.jeton.mtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.Optional;

/** Whatever a proxy writes: there is one certificate in it, which is all of it, or none. */
class CertificateHeaderFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void isOneCertificateOrNone(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        for (MtlsConfig.Format format : MtlsConfig.Format.values()) {
            assertEquals(read(format, text), read(format, text));
        }
        read(MtlsConfig.Format.RFC9440, ":" + Base64.getEncoder().encodeToString(data) + ":")
                .ifPresent(read -> assertArrayEquals(data, Base64.getDecoder().decode(read)));
    }

    private static Optional<String> read(MtlsConfig.Format format, String value) {
        try {
            byte[] der = CertificateHeader.read(format, value).getEncoded();
            return Optional.of(Base64.getEncoder().encodeToString(der));
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
