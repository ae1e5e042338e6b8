package io.jeton.mtls;

import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;

/** Whom a certificate must name: RFC 8705 §2.1.2. */
public record CertificateSubject(Kind kind, String value) {
    /** Where a certificate names its subject; the number is that of RFC 5280 §4.2.1.6. */
    public enum Kind {
        SUBJECT_DN(-1),
        SAN_DNS(2),
        SAN_URI(6),
        SAN_IP(7),
        SAN_EMAIL(1);

        private final int tag;

        Kind(int tag) {
            this.tag = tag;
        }

        /** The name of the registered value, in kebab-case. */
        public String property() {
            return "tls-client-auth-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What is said of a subject, for each kind. */
    public static List<CertificateSubject> all(Function<Kind, Optional<String>> said) {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> said.apply(kind).map(value -> new CertificateSubject(kind, value)).stream())
                .toList();
    }

    /** What the value must be, where it is not; a certificate could never fit. */
    public Optional<String> violation() {
        return switch (kind) {
            case SUBJECT_DN ->
                principal(value).isEmpty() ? Optional.of("must be a distinguished name of RFC 4514") : Optional.empty();
            case SAN_IP ->
                address(value).length == 0 ? Optional.of("must be an IPv4 or IPv6 address") : Optional.empty();
            default ->
                value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c > '~')
                        ? Optional.of("must be of visible ASCII characters, without spaces")
                        : Optional.empty();
        };
    }

    /** Whether the certificate names it, in the field that is registered. */
    public boolean isNamedBy(X509Certificate certificate) {
        if (kind == Kind.SUBJECT_DN) {
            return principal(value)
                    .filter(certificate.getSubjectX500Principal()::equals)
                    .isPresent();
        }
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .anyMatch(name ->
                                    name.get(0).equals(kind.tag) && name.get(1) instanceof String text && isSame(text));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private boolean isSame(String named) {
        return switch (kind) {
            case SAN_DNS -> named.equalsIgnoreCase(value);
            case SAN_IP -> Arrays.equals(address(named), address(value));
            case SAN_EMAIL -> mailbox(named).equals(mailbox(value));
            default -> named.equals(value);
        };
    }

    /** RFC 5280 §7.5: the host is a domain name, in whatever case; what stands before it is its own affair. */
    private static String mailbox(String email) {
        int at = email.lastIndexOf('@');
        return email.substring(0, at + 1) + email.substring(at + 1).toLowerCase(Locale.ROOT);
    }

    private static byte[] address(String literal) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(literal);
        return bytes == null ? new byte[0] : bytes;
    }

    private static Optional<X500Principal> principal(String name) {
        try {
            return Optional.of(new X500Principal(name))
                    .filter(known -> !known.getName().isEmpty());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
