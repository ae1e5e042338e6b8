package io.jeton.cli;

import io.jeton.ops.StartUp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether a service would start with this configuration, and what in it should be thought over. */
final class ConfigurationCheck {
    private static final String CONFIGURATION = "configuration";

    private final Settings settings;
    private final Optional<String> startFailure;

    /** @param startFailure why the beans did not start with it, if they did not */
    ConfigurationCheck(Settings settings, Optional<String> startFailure) {
        this.settings = settings;
        this.startFailure = startFailure;
    }

    Check check() {
        return new Check(CONFIGURATION, "see the property that is named", this::look);
    }

    private List<Finding> look() {
        List<Finding> found = new ArrayList<>();
        if (settings.startUp() instanceof StartUp.Refused refused) {
            refused.reasons().forEach(reason -> found.add(wrong(reason)));
        } else {
            startFailure.ifPresent(reason -> found.add(wrong(reason)));
        }
        if (settings.get("jeton.limits.enabled")
                .filter("false"::equalsIgnoreCase)
                .isPresent()) {
            found.add(Finding.warn(
                    CONFIGURATION,
                    "there are no limits",
                    "leave jeton.limits.enabled out, unless something in front has" + " them"));
        }
        settings.get("jeton.http.trusted-proxies")
                .filter(ConfigurationCheck::isEverybody)
                .ifPresent(everybody -> found.add(Finding.warn(
                        CONFIGURATION,
                        "jeton.http.trusted-proxies believes everybody's X-Forwarded-For",
                        "name the addresses of your proxies alone")));
        return found.isEmpty() ? List.of(Finding.ok(CONFIGURATION, "the service would start with it")) : found;
    }

    private static Finding wrong(String reason) {
        return Finding.fail(CONFIGURATION, reason, "the property's meaning is in the README");
    }

    private static boolean isEverybody(String networks) {
        return Arrays.stream(networks.split(",", -1))
                .anyMatch(network -> network.strip().endsWith("/0"));
    }
}
