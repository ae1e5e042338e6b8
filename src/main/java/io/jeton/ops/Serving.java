package io.jeton.ops;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Starts the service: on the configured database, or in demo mode, or not at all and says why. */
public final class Serving {
    private static final int REFUSED = 1;
    private static final int LONGEST_STOP_SECONDS = 60;

    private Serving() {}

    public static void start(String... args) {
        SmallRyeConfig config = ConfigUtils.configBuilder().build();
        Function<String, Optional<String>> configured = name -> config.getOptionalValue(name, String.class);
        Optional<Demo> demo = Demo.installed();
        StartUp startUp =
                StartUp.decide(configured, System.getenv("KUBERNETES_SERVICE_HOST") != null, demo.isPresent());
        if (startUp instanceof StartUp.Refused refused) {
            refuse(refused);
        } else if (startUp instanceof StartUp.Production production) {
            apply(production.derived(), configured);
            Quarkus.run(args);
        } else {
            runDemo(demo.orElseThrow(), configured, args);
        }
    }

    private static void refuse(StartUp.Refused refused) {
        System.err.println("Jeton does not start:");
        refused.reasons().forEach(reason -> System.err.println("  - " + reason));
        System.exit(REFUSED);
    }

    private static void runDemo(Demo demo, Function<String, Optional<String>> configured, String... args) {
        try {
            apply(demo.start(configured), configured);
        } catch (RuntimeException e) {
            System.err.println("Jeton does not start: the demo's database failed. " + e.getMessage());
            System.exit(REFUSED);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stopped)));
        Quarkus.run(
                null,
                (code, failure) -> {
                    if (failure != null) {
                        System.err.println("Jeton does not start: " + reason(failure));
                    }
                    if (isDevMode()) {
                        return;
                    }
                    // Only now: until here requests were answered.
                    demo.stop();
                    stopped.countDown();
                    System.exit(code);
                },
                args);
    }

    /** A reload ends a run, and the next one goes on with the same database, which ends with the JVM. Known once it ran. */
    private static boolean isDevMode() {
        return LaunchMode.current() == LaunchMode.DEVELOPMENT;
    }

    /** Settings hold where the user configured nothing else. */
    public static void apply(Map<String, String> settings, Function<String, Optional<String>> configured) {
        settings.forEach((name, value) -> {
            if (configured.apply(name).isEmpty()) {
                System.setProperty(name, value);
            }
        });
    }

    private static String reason(Throwable failure) {
        return Failure.causes(failure).anyMatch(QuarkusBindException.class::isInstance)
                ? "its port is in use. Set QUARKUS_HTTP_PORT to another one"
                : Failure.reason(failure);
    }

    private static void await(CountDownLatch stopped) {
        try {
            if (!isDevMode() && !stopped.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("the demo's database did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
