package io.jeton.webhook;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** A service that tells receivers on this machine. */
public final class WithReceivers implements QuarkusTestProfile {
    static final String PORT = "test.receiver.port";
    static final String SECRET = "Bearer the-receiver-knows-us-by-this";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>();
        int port = freePort();
        settings.put(PORT, String.valueOf(port));
        for (String name : new String[] {"broker", "refuser", "slow", "keys", "silent"}) {
            settings.put("jeton.webhooks.\"" + name + "\".url", "http://127.0.0.1:" + port + "/" + name);
            settings.put("jeton.webhooks.\"" + name + "\".events", "account.changed");
        }
        settings.put("jeton.webhooks.\"broker\".events", "refresh_token.reuse,device.enrolled");
        settings.put("jeton.webhooks.\"broker\".authorization", SECRET);
        settings.put("jeton.webhooks.\"broker\".audience", "https://broker.example.com");
        settings.put("jeton.webhooks.\"refuser\".events", "device.suspended");
        settings.put("jeton.webhooks.\"keys\".events", "key.rotated");
        settings.put("jeton.webhooks.\"silent\".events", "device.resumed");
        settings.put("jeton.webhooks.\"slow\".events", "device.renamed");
        return settings;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
