package io.jeton.test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The clients and the person of the tests. */
public final class TestClients {
    public static final String DEVICE = "test-device";
    public static final String OTHER_DEVICE = "other-device";
    public static final String STRICT_DEVICE = "strict-device";
    public static final String FORGETFUL_DEVICE = "forgetful-device";
    public static final String RSA_DEVICE = "rsa-device";
    public static final String EDDSA_DEVICE = "eddsa-device";
    /** Its access tokens say where their status is found. */
    public static final String LISTED_DEVICE = "listed-device";
    /** Public, and registered for what only confidential clients may do. */
    public static final String BOLD_DEVICE = "bold-device";

    public static final String DISABLED_SERVICE = "disabled-service";
    public static final String SERVICE = "test-service";
    public static final String POST_SERVICE = "post-service";
    /** The clients of the conformance kit's {@code signers.json}, and the public part of the key that is in it. */
    public static final String SIGNER = "signer";

    public static final String SECRET_SIGNER = "secret-signer";
    public static final String SENSOR = "sensor";
    public static final String SIGNERS_KEY =
            """
            {"kty":"EC","crv":"P-256","kid":"for-trying","alg":"ES256","x":"%s","y":"%s"}""".formatted("-lBQVOjBHEjAxFXKq-OejJx7Kd3bITZjbGxw0QNuyVk", "Z1_0v8Hr62I6qW9ZJHnTpw0ybGZowu7KURG1deZy-e4");

    /** May do everything by the admin API. */
    public static final String OPERATOR = "test-operator";

    /** Registered for the admin API, with tokens that are for another service as well. */
    public static final String SHARED_OPERATOR = "shared-operator";

    public static final String SECRET = "0123456789-0123456789-0123456789 +%:";
    public static final String PERSON = "alice";
    public static final String PASSWORD = "correct horse battery";
    private static final List<String> DEVICES = List.of(
            DEVICE,
            OTHER_DEVICE,
            STRICT_DEVICE,
            FORGETFUL_DEVICE,
            BOLD_DEVICE,
            RSA_DEVICE,
            EDDSA_DEVICE,
            LISTED_DEVICE);
    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

    private TestClients() {}

    public static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        for (String device : DEVICES) {
            put(settings, device, "name", "Thermometer");
            put(settings, device, "scopes", "openid,telemetry:write,rabbitmq.read:*/*/*");
            put(settings, device, "audience", "https://api.example.com");
        }
        put(settings, RSA_DEVICE, "access-token-alg", "RS256");
        put(settings, RSA_DEVICE, "id-token-alg", "ES256");
        put(settings, RSA_DEVICE, "access-token-typ", "JWT");
        put(settings, EDDSA_DEVICE, "access-token-alg", "EdDSA");
        put(settings, EDDSA_DEVICE, "id-token-alg", "EdDSA");
        put(settings, STRICT_DEVICE, "retry-window", "PT0S");
        put(settings, FORGETFUL_DEVICE, "grant-types", DEVICE_CODE);
        put(settings, FORGETFUL_DEVICE, "status-list", "true");
        put(settings, LISTED_DEVICE, "status-list", "true");
        put(settings, BOLD_DEVICE, "grant-types", DEVICE_CODE + ",client_credentials");
        for (String operator : new String[] {OPERATOR, SHARED_OPERATOR}) {
            put(settings, operator, "name", "Operator");
            put(settings, operator, "secret", SECRET);
            put(settings, operator, "token-endpoint-auth-method", "client_secret_post");
            put(settings, operator, "grant-types", "client_credentials");
            put(settings, operator, "scopes", "jeton:admin,jeton:admin:read,telemetry:read");
        }
        put(settings, SHARED_OPERATOR, "audience", "https://api.example.com,https://other.example.com");
        for (String service : new String[] {SERVICE, POST_SERVICE, DISABLED_SERVICE}) {
            put(settings, service, "name", "Service");
            put(settings, service, "secret", SECRET);
            put(settings, service, "grant-types", "client_credentials," + DEVICE_CODE + ",refresh_token");
            put(settings, service, "scopes", "telemetry:read,telemetry:write");
        }
        put(settings, SERVICE, "token-endpoint-auth-method", "client_secret_basic");
        put(settings, SERVICE, "answers-for", "https://api.example.com");
        put(settings, DISABLED_SERVICE, "token-endpoint-auth-method", "client_secret_post");
        put(settings, DISABLED_SERVICE, "enabled", "false");
        put(settings, POST_SERVICE, "token-endpoint-auth-method", "client_secret_post");
        signers(settings);
        settings.put("jeton.accounts.\"" + PERSON + "\".password", PASSWORD);
        settings.put("jeton.status-list.ttl", "PT2S");
        settings.put("jeton.tokens.expiry-jitter", "0");
        return settings;
    }

    private static void signers(Map<String, String> settings) {
        put(settings, SIGNER, "token-endpoint-auth-method", "private_key_jwt");
        put(settings, SIGNER, "jwks", "{\"keys\":[" + SIGNERS_KEY + "]}");
        put(settings, SECRET_SIGNER, "token-endpoint-auth-method", "client_secret_jwt");
        put(settings, SECRET_SIGNER, "secret", "a-secret-for-trying-and-nothing-else");
        for (String signer : new String[] {SIGNER, SECRET_SIGNER}) {
            put(settings, signer, "name", "Signer");
            put(settings, signer, "grant-types", "client_credentials");
            put(settings, signer, "scopes", "telemetry:read");
        }
        put(settings, SENSOR, "name", "Sensor");
        put(settings, SENSOR, "grant-types", "urn:ietf:params:oauth:grant-type:jwt-bearer,refresh_token");
        put(settings, SENSOR, "scopes", "telemetry:write");
        put(settings, SENSOR, "audience", "https://api.example.com");
    }

    private static void put(Map<String, String> settings, String client, String key, String value) {
        settings.put("jeton.clients.\"" + client + "\"." + key, value);
    }
}
