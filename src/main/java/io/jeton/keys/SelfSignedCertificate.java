package io.jeton.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;

/**
 * The certificate (RFC 5280 §4.1) beside a key in a PKCS #11 token: the Java platform finds a private key by nothing else.
 * It says nothing but the key's label, and nobody trusts it.
 */
final class SelfSignedCertificate {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0C;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;

    private static final byte[] VERSION_3 = HexFormat.of().parseHex("a003020102");
    private static final byte[] SERIAL_NUMBER = HexFormat.of().parseHex("020101");
    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
    private static final byte[] ECDSA_WITH_SHA256 = HexFormat.of().parseHex("06082a8648ce3d040302");
    private static final byte[] SHA256_WITH_RSA = HexFormat.of().parseHex("06092a864886f70d01010b0500");

    private SelfSignedCertificate() {}

    static Certificate of(KeyPair pair, String name, KeyAlgorithm algorithm, Provider provider)
            throws GeneralSecurityException {
        boolean elliptic = algorithm == KeyAlgorithm.ES256;
        byte[] signatureAlgorithm = der(SEQUENCE, elliptic ? ECDSA_WITH_SHA256 : SHA256_WITH_RSA);
        byte[] subject = der(
                SEQUENCE,
                der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, name.getBytes(StandardCharsets.UTF_8)))));
        // RFC 5280 §4.1.2.5: without an end.
        byte[] validity =
                der(SEQUENCE, der(UTC_TIME, ascii("700101000000Z")), der(GENERALIZED_TIME, ascii("99991231235959Z")));
        byte[] content = der(
                SEQUENCE,
                VERSION_3,
                SERIAL_NUMBER,
                signatureAlgorithm,
                subject,
                validity,
                subject,
                pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance(elliptic ? "SHA256withECDSA" : "SHA256withRSA", provider);
        signature.initSign(pair.getPrivate());
        signature.update(content);
        byte[] certificate = der(SEQUENCE, content, signatureAlgorithm, der(BIT_STRING, new byte[1], signature.sign()));
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** X.690 §8.1, for content up to 65,535 bytes. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            encoded.write(0x82);
            encoded.write(length >> 8);
        } else if (length >= 0x80) {
            encoded.write(0x81);
        }
        encoded.write(length);
        encoded.writeBytes(content.toByteArray());
        return encoded.toByteArray();
    }
}
