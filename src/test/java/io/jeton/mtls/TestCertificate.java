package io.jeton.mtls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;

/** A certificate with its private key (RFC 5280), as it is needed: written by hand, since the JDK makes none. */
record TestCertificate(PrivateKey key, List<X509Certificate> chain) {
    static final String CLIENT = "1.3.6.1.5.5.7.3.2";
    static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT);
    private static final byte[] ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));

    /** What is to be certified. */
    record Wanted(
            String subject,
            boolean authority,
            List<byte[]> names,
            List<String> purposes,
            Instant until,
            Optional<String> permitted) {
        static Wanted of(String subject) {
            return new Wanted(
                    subject,
                    false,
                    List.of(),
                    List.of(CLIENT),
                    Instant.now().plus(Duration.ofDays(1)),
                    Optional.empty());
        }

        Wanted named(int tag, String name) {
            List<byte[]> all = new ArrayList<>(names);
            all.add(tlv(0x80 | tag, tag == 7 ? address(name) : name.getBytes(StandardCharsets.US_ASCII)));
            return new Wanted(subject, authority, all, purposes, until, permitted);
        }

        Wanted forPurposes(String... those) {
            return new Wanted(subject, authority, names, List.of(those), until, permitted);
        }

        Wanted asAuthority() {
            return new Wanted(subject, true, names, List.of(), until, permitted);
        }

        Wanted expired() {
            return new Wanted(
                    subject, authority, names, purposes, Instant.now().minus(Duration.ofMinutes(1)), permitted);
        }

        /** An authority for hosts of this domain alone (RFC 5280 §4.2.1.10). */
        Wanted within(String domain) {
            return new Wanted(subject, authority, names, purposes, until, Optional.of(domain));
        }
    }

    static TestCertificate authority(String name) {
        return selfSigned(Wanted.of("CN=" + name).asAuthority());
    }

    static TestCertificate selfSigned(String name) {
        return selfSigned(Wanted.of("CN=" + name));
    }

    static TestCertificate selfSigned(Wanted wanted) {
        KeyPair keys = keys();
        return new TestCertificate(
                keys.getPrivate(),
                List.of(certificate(wanted, keys, new X500Principal(wanted.subject()), keys.getPrivate())));
    }

    /** Issued by this one, with a key of its own. */
    TestCertificate issue(Wanted wanted) {
        KeyPair keys = keys();
        List<X509Certificate> path = new ArrayList<>();
        path.add(certificate(wanted, keys, leaf().getSubjectX500Principal(), key));
        path.addAll(chain);
        return new TestCertificate(keys.getPrivate(), path);
    }

    /** The same key in another certificate, which it signs itself. */
    TestCertificate certifiedAnew(Wanted wanted) {
        KeyPair keys = new KeyPair(leaf().getPublicKey(), key);
        return new TestCertificate(key, List.of(certificate(wanted, keys, new X500Principal(wanted.subject()), key)));
    }

    TestCertificate withoutChain() {
        return new TestCertificate(key, chain.subList(0, 1));
    }

    X509Certificate leaf() {
        return chain.get(0);
    }

    /** RFC 8705 §3.1. */
    String thumbprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(der(leaf()));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String base64() {
        return Base64.getEncoder().encodeToString(der(leaf()));
    }

    /** As {@code Client-Cert} has it. */
    String byteSequence() {
        return ":" + base64() + ":";
    }

    String pem() {
        return pem("CERTIFICATE", der(leaf()));
    }

    String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    void store(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            keyStore().store(out, PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static TestCertificate load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return new TestCertificate(
                    (PrivateKey) store.getKey("it", PASSWORD),
                    Arrays.stream(store.getCertificateChain("it"))
                            .map(X509Certificate.class::cast)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("it", key, PASSWORD, chain.toArray(Certificate[]::new));
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With nobody in it but those. */
    static KeyStore trustStore(TestCertificate... trusted) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < trusted.length; i++) {
                store.setCertificateEntry("trusted-" + i, trusted[i].leaf());
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static char[] password() {
        return PASSWORD.clone();
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(Wanted wanted, KeyPair keys, X500Principal issuer, PrivateKey signer) {
        byte[] body = sequence(
                tlv(0xA0, integer(BigInteger.TWO)),
                integer(new BigInteger(1, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII))
                        .mod(BigInteger.TWO.pow(120))
                        .setBit(119)),
                ECDSA_WITH_SHA256,
                issuer.getEncoded(),
                sequence(time(Instant.now().minus(Duration.ofDays(2))), time(wanted.until())),
                new X500Principal(wanted.subject()).getEncoded(),
                keys.getPublic().getEncoded(),
                tlv(0xA3, sequence(extensions(wanted))));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer);
            signature.update(body);
            byte[] der = sequence(body, ECDSA_WITH_SHA256, bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[][] extensions(Wanted wanted) {
        List<byte[]> all = new ArrayList<>();
        if (wanted.authority()) {
            byte[] yes = tlv(0x01, new byte[] {(byte) 0xFF});
            all.add(sequence(oid("2.5.29.19"), yes, tlv(0x04, sequence(yes))));
        }
        wanted.permitted().ifPresent(domain -> {
            byte[] host = tlv(0x82, domain.getBytes(StandardCharsets.US_ASCII));
            all.add(sequence(
                    oid("2.5.29.30"),
                    tlv(0x01, new byte[] {(byte) 0xFF}),
                    tlv(0x04, sequence(tlv(0xA0, sequence(host))))));
        });
        if (!wanted.names().isEmpty()) {
            all.add(sequence(oid("2.5.29.17"), tlv(0x04, sequence(wanted.names().toArray(byte[][]::new)))));
        }
        if (!wanted.purposes().isEmpty()) {
            byte[][] purposes =
                    wanted.purposes().stream().map(TestCertificate::oid).toArray(byte[][]::new);
            all.add(sequence(oid("2.5.29.37"), tlv(0x04, sequence(purposes))));
        }
        return all.toArray(byte[][]::new);
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] time(Instant at) {
        return tlv(0x18, TIME.format(at.atOffset(ZoneOffset.UTC)).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] integer(BigInteger number) {
        return tlv(0x02, number.toByteArray());
    }

    private static byte[] bits(byte[] bytes) {
        byte[] withPadding = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, withPadding, 1, bytes.length);
        return tlv(0x03, withPadding);
    }

    private static byte[] oid(String dotted) {
        int[] arcs = Arrays.stream(dotted.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(arcs[0] * 40 + arcs[1]);
        for (int arc : Arrays.copyOfRange(arcs, 2, arcs.length)) {
            for (int shift = 28; shift > 0; shift -= 7) {
                int high = arc >> shift;
                if (high != 0) {
                    out.write(0x80 | (high & 0x7F));
                }
            }
            out.write(arc & 0x7F);
        }
        return tlv(0x06, out.toByteArray());
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return tlv(0x30, out.toByteArray());
    }

    private static byte[] tlv(int tag, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (value.length >= 0x100) {
            out.write(0x82);
            out.write(value.length >> 8);
        } else if (value.length >= 0x80) {
            out.write(0x81);
        }
        out.write(value.length & 0xFF);
        out.writeBytes(value);
        return out.toByteArray();
    }
}
