package io.jeton.mtls;

import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a proxy says of a certificate: RFC 9440 §2.1, §2.2, or PEM (RFC 7468 §5). Pure. */
final class CertificateHeader {
    /** RFC 8941 §3.3.5; parameters mean nothing here. */
    private static final Pattern BYTE_SEQUENCE = Pattern.compile("[ \t]*:([A-Za-z0-9+/]*={0,2}):[ \t]*(?:;.*)?");

    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----\\s*");

    private static final int LONGEST_CHAIN = 10;

    private CertificateHeader() {}

    /** @throws CertificateException where there is not exactly one certificate in it */
    static X509Certificate read(MtlsConfig.Format format, String value) throws CertificateException {
        try {
            return format == MtlsConfig.Format.PEM ? pem(value) : byteSequence(value);
        } catch (IllegalArgumentException e) {
            throw new CertificateException("the encoding is malformed", e);
        }
    }

    /** The list of {@code Client-Cert-Chain}. */
    static List<X509Certificate> chain(List<String> values) throws CertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        for (String value : values) {
            for (String member : value.split(",", -1)) {
                chain.add(read(MtlsConfig.Format.RFC9440, member));
                if (chain.size() > LONGEST_CHAIN) {
                    throw new CertificateException("the chain is too long");
                }
            }
        }
        return List.copyOf(chain);
    }

    private static X509Certificate byteSequence(String value) throws CertificateException {
        Matcher bytes = BYTE_SEQUENCE.matcher(value);
        if (!bytes.matches()) {
            throw new CertificateException("it is no byte sequence of RFC 8941");
        }
        return certificate(Base64.getDecoder().decode(bytes.group(1)));
    }

    private static X509Certificate pem(String value) throws CertificateException {
        // A plus is base64's own: here nobody writes a blank so.
        Matcher pem = PEM.matcher(URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
        if (!pem.matches()) {
            throw new CertificateException("it is no certificate in PEM");
        }
        return certificate(Base64.getDecoder().decode(pem.group(1).replaceAll("\\s", "")));
    }

    /** DER and nothing else: the factory would take PEM as well, and leave what follows unread. */
    private static X509Certificate certificate(byte[] der) throws CertificateException {
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        if (!Arrays.equals(certificate.getEncoded(), der)) {
            throw new CertificateException("it is not one certificate in DER");
        }
        return certificate;
    }
}
