package io.jeton.protocol;

import java.util.Map;

/**
 * What a token is bound to: a member of {@code cnf} (RFC 7800 §3.1). A key, by the thumbprint of its JWK (RFC 9449 §6.1), or a
 * certificate, by its own (RFC 8705 §3.1).
 */
public record Confirmation(String member, String thumbprint) {
    private static final String KEY = "jkt";
    private static final String CERTIFICATE = "x5t#S256";
    private static final String OF_CERTIFICATE = CERTIFICATE + ":";

    public static Confirmation ofKey(String thumbprint) {
        return new Confirmation(KEY, thumbprint);
    }

    public static Confirmation ofCertificate(String thumbprint) {
        return new Confirmation(CERTIFICATE, thumbprint);
    }

    /** Reads what {@link #toString} writes; a thumbprint alone is a key's, as rows have held it from the beginning. */
    public static Confirmation read(String text) {
        return text.startsWith(OF_CERTIFICATE) ? ofCertificate(text.substring(OF_CERTIFICATE.length())) : ofKey(text);
    }

    public boolean isOfKey() {
        return member.equals(KEY);
    }

    /** The claim {@code cnf}. */
    public Map<String, String> claim() {
        return Map.of(member, thumbprint);
    }

    /** In one word, which never is another kind's: as rows and requests hold it. */
    @Override
    public String toString() {
        return isOfKey() ? thumbprint : OF_CERTIFICATE + thumbprint;
    }
}
