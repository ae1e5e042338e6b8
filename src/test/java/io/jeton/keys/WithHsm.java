package io.jeton.keys;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service that makes and keeps its signing keys in an HSM, where one is installed. */
public final class WithHsm implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return TestHsm.settings();
    }
}
