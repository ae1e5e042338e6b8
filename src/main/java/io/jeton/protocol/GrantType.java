package io.jeton.protocol;

/** A value of {@code grant_type}. Not an enumeration: the installed grants say which there are. */
public record GrantType(String value) {
    /** RFC 8628 §3.4. */
    public static final GrantType DEVICE_CODE = new GrantType("urn:ietf:params:oauth:grant-type:device_code");
    /** RFC 6749 §6. */
    public static final GrantType REFRESH_TOKEN = new GrantType("refresh_token");
    /** RFC 7523 §2.1. */
    public static final GrantType JWT_BEARER = new GrantType("urn:ietf:params:oauth:grant-type:jwt-bearer");
    /** RFC 6749 §4.4. */
    public static final GrantType CLIENT_CREDENTIALS = new GrantType("client_credentials");
}
