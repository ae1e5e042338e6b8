package io.jeton.demo;

import io.jeton.discovery.Issuer;
import io.jeton.ops.DemoConfig;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

/** Says what to try, once the demo answers. */
@ApplicationScoped
public final class DemoGreeting {
    private static final String TEXT = """

            Jeton runs in demo mode.

              issuer             %1$s
              verification page  %1$s/device
              your devices       %1$s/devices
              sign in as         demo
              password           %2$s

            1. Be the device: ask for a code.

            DEVICE_CODE=$(curl -s %1$s/device_authorization -d client_id=demo-device \\
              -d scope='openid telemetry:write' -d device_name='Kitchen thermometer' -d device_serial=T-1000 \\
              | tee /dev/stderr | sed -n 's/.*"device_code":"\\([^"]*\\)".*/\\1/p'); echo

            2. Be the person: open the verification_uri_complete it printed, sign in, approve.

            3. Be the device again: fetch the tokens, then refresh them, as often as you like.

            REFRESH_TOKEN=$(curl -s %1$s/token -d client_id=demo-device -d device_code=$DEVICE_CODE \\
              -d grant_type=urn:ietf:params:oauth:grant-type:device_code \\
              | tee /dev/stderr | sed -n 's/.*"refresh_token":"\\([^"]*\\)".*/\\1/p'); echo

            REFRESH_TOKEN=$(curl -s %1$s/token -d client_id=demo-device -d grant_type=refresh_token \\
              -d refresh_token=$REFRESH_TOKEN | tee /dev/stderr | sed -n 's/.*"refresh_token":"\\([^"]*\\)".*/\\1/p'); echo

            4. Be a service: get a token of your own, and the keys that verify everybody's.

            curl -s %1$s/token -u demo-service:demo-service-secret-for-trying-only -d grant_type=client_credentials; echo
            curl -s %1$s/jwks; echo
            curl -s %1$s/.well-known/openid-configuration; echo

            5. Be the operator: list the devices, and take back what one was granted.

            ADMIN_TOKEN=$(curl -s %1$s/token -u demo-admin:$(cat '%3$s') -d grant_type=client_credentials \\
              -d scope=jeton:admin | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p')
            DEVICE=$(curl -s %1$s/admin/devices -H "Authorization: Bearer $ADMIN_TOKEN" \\
              | tee /dev/stderr | sed -n 's/.*"items":\\[{"id":"\\([^"]*\\)".*/\\1/p'); echo
            curl -s -X POST %1$s/admin/devices/$DEVICE/revoke -H "Authorization: Bearer $ADMIN_TOKEN"; echo
            """;

    private final Issuer issuer;
    private final DemoConfig config;

    DemoGreeting(Issuer issuer, DemoConfig config) {
        this.issuer = issuer;
        this.config = config;
    }

    void greet(@ObservesAsync HttpServerStart event) {
        if (config.active()) {
            System.out.println(TEXT.formatted(
                    issuer.value(),
                    config.password().orElse(""),
                    config.adminSecretFile().orElse("")));
        }
    }
}
