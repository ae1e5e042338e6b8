package io.jeton.fuzz;

import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.jeton.test.TestKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** What every endpoint is asked for, with the headers that it reads: what is mutated. */
final class ValidRequests {
    private static final String FORM = "Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    private static final int MOST_HEADERS = 3;
    private static final List<String> POSTS = List.of(
            "/token grant_type=refresh_token&client_id=test-device&refresh_token=jrt_AAAA",
            "/token grant_type=client_credentials&scope=telemetry%3Aread",
            "/token grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=test-device"
                    + "&device_code=jdc_AAAA&code_verifier=x",
            "/token grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&client_id=test-device"
                    + "&assertion=e30.e30.AA",
            "/token grant_type=client_credentials&client_assertion=e30.e30.AA"
                    + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer",
            "/revoke token=jrt_AAAA&token_type_hint=refresh_token&client_id=test-device",
            "/revoke token=e30.e30.AA&client_id=test-device",
            "/introspect token=e30.e30.AA&token_type_hint=access_token",
            "/introspect token=jrt_AAAA",
            "/userinfo access_token=e30.e30.AA",
            "/device_authorization client_id=test-device&scope=openid&device_name=x&device_serial=y&code_challenge=z",
            "/device csrf=x&user_code=BCDF-GHJK",
            "/device/sign-in csrf=x&name=mallory&password=x&user_code=BCDFGHJK",
            "/device/decision csrf=x&request=x&decision=approve",
            "/device/sign-out csrf=x",
            "/devices/00000000-0000-0000-0000-000000000000/name csrf=x&name=y",
            "/devices/x/suspension csrf=x",
            "/devices/x/resumption csrf=x",
            "/devices/x/revocation csrf=x",
            "/devices/sign-out-everywhere csrf=x",
            "/admin/clients {\"id\":\"x\"}");
    private static final List<String> GETS = List.of(
            "/jwks",
            "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server",
            "/statuslists",
            "/statuslists/0",
            "/statuslists/1",
            "/statuslists/999999999",
            "/userinfo",
            "/device",
            "/device?user_code=BCDF-GHJK",
            "/",
            "/devices?after=AAAA&done=renamed",
            "/devices/00000000-0000-0000-0000-000000000000",
            "/devices/00000000-0000-0000-0000-000000000000/revocation",
            "/device/qr.svg?user_code=BCDF-GHJK",
            "/assets/jeton.css",
            "/admin/clients",
            "/admin/devices?after=AAAA",
            "/nothing");

    private final Random random;
    private final List<String> headers;

    /** @param random what is asked for, and how */
    ValidRequests(Random random) {
        this.random = random;
        this.headers = headers();
    }

    RawHttp.Request any() {
        if (random.nextInt(3) == 0) {
            return new RawHttp.Request("GET " + one(GETS) + " HTTP/1.1\r\nHost: localhost\r\n" + some(), "", "");
        }
        String[] post = one(POSTS).split(" ", 2);
        return new RawHttp.Request("POST " + post[0] + " HTTP/1.1\r\n" + FORM + some(), "", post[1]);
    }

    private String some() {
        StringBuilder some = new StringBuilder();
        for (int i = random.nextInt(MOST_HEADERS + 1); i > 0; i--) {
            some.append(one(headers)).append("\r\n");
        }
        return some.toString();
    }

    private String one(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Some of them good: what is behind them is reached, and what is mutated is nearly right. */
    private static List<String> headers() {
        TestKey key = TestKey.es256();
        String token = TestDevice.approved(TestClients.DEVICE, "scope", "openid telemetry:write")
                .poll()
                .path("access_token");
        return List.of(
                "Authorization: " + basic(TestClients.SERVICE, TestClients.SECRET),
                "Authorization: " + basic(TestClients.SERVICE, "wrong"),
                "Authorization: Basic %%%",
                "Authorization: Bearer " + token,
                "Authorization: Bearer e30.e30.AA",
                "Authorization: DPoP " + token,
                "Authorization: Negotiate YII=",
                "Authorization: ",
                "DPoP: " + key.proof("POST", "http://localhost/token"),
                "DPoP: " + key.proof("GET", "http://localhost/userinfo", "ath", "x"),
                "DPoP: e30.e30.AA",
                "Accept: application/statuslist+jwt",
                "Accept: application/json;q=0.1, */*;q=0",
                "Accept: text/html",
                "If-None-Match: *",
                "If-None-Match: W/\"x\", \"y\"",
                "If-None-Match: ,",
                "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
                "Cookie: jeton-session=x; jeton-browser=y",
                "Origin: http://localhost",
                "Sec-Fetch-Site: cross-site");
    }

    private static String basic(String client, String secret) {
        String pair = client + ":" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }
}
