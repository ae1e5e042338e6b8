package io.jeton.keys;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A process beside the tests that makes and deletes keys in their token, as another replica does, until its input ends: one
 * that is killed leaves a key half written, and SoftHSM lists no key at all from then on.
 */
final class HsmNeighbour {
    private static final String LABEL = "neighbour";

    private HsmNeighbour() {}

    /** @param settings as {@code name=value} */
    public static void main(String... settings) throws Exception {
        Map<String, String> named = new HashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            named.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Pkcs11Token token =
                new Pkcs11Token(Pkcs11Settings.of(TestHsm.config(named)).orElseThrow());
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(HsmNeighbour::read);
        System.out.println("ready");
        while (!ended.isDone()) {
            token.make(LABEL, KeyAlgorithm.ES256);
            token.delete(LABEL);
        }
    }

    private static int read() {
        try {
            return System.in.read();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
