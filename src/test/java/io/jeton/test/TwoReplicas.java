package io.jeton.test;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * With {@code -Preplicas} the service under test has a second replica beside it, the packaged one on the same database, and
 * every connection of the tests goes to the one and the other in turn.
 */
public final class TwoReplicas implements BeforeEachCallback, ExecutionCondition {
    private static final boolean WANTED = Boolean.getBoolean("test.replicas");
    private static final List<String> SHARED =
            List.of("jeton.", "quarkus.datasource.", "quarkus.tls.", "quarkus.http.tls-configuration-name");

    private static @Nullable RoundRobin balancer;
    private static @Nullable RoundRobin securely;
    private static @Nullable Replica second;
    private static int secondSecurePort;

    /** The port at which both will be found, or else the only one's. */
    static synchronized int port(int only) {
        if (!WANTED) {
            return only;
        }
        balancer = new RoundRobin();
        return balancer.port();
    }

    /** The same of the ports where both speak TLS; for a test that runs, and so after their start. */
    public static synchronized int securePort(int only) {
        if (!WANTED) {
            return only;
        }
        if (securely == null) {
            securely = new RoundRobin();
            securely.to(List.of(only, secondSecurePort));
        }
        return securely.port();
    }

    /** How many there are. */
    public static int count() {
        return WANTED ? 2 : 1;
    }

    /** At once on the replica that made a change; where there is another, soon on both: it learns by the database's notification. */
    public static void agree(Callable<Boolean> condition) throws Exception {
        if (WANTED) {
            Eventually.holds(() -> holdsTwice(condition));
        } else {
            assertTrue(condition.call());
        }
    }

    private static boolean holdsTwice(Callable<Boolean> condition) throws Exception {
        boolean here = condition.call();
        boolean there = condition.call();
        return here && there;
    }

    static synchronized void stop() {
        if (second != null) {
            second.close();
            second = null;
        }
        if (securely != null) {
            tell("by TLS", securely);
            securely = null;
        }
        if (balancer != null) {
            tell("in turn", balancer);
        }
    }

    private static void tell(String how, RoundRobin balances) {
        System.out.println("two replicas: " + balances.connections() + " connections, " + how);
        balances.close();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), OneReplica.class)
                .filter(reason -> WANTED)
                .map(reason -> ConditionEvaluationResult.disabled("one replica alone: " + reason.value()))
                .orElse(ConditionEvaluationResult.enabled("on as many replicas as there are"));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        RoundRobin balances = balancer;
        if (balances != null) {
            startSecond(balances);
            RestAssured.port = balances.port();
        }
    }

    private static synchronized void startSecond(RoundRobin balances) throws IOException, InterruptedException {
        if (second == null) {
            secondSecurePort = Replica.freePort();
            Map<String, String> settings = settings();
            settings.put("quarkus.http.ssl-port", String.valueOf(secondSecurePort));
            Replica started = Replica.launch("second", settings, environment());
            try {
                started.awaitReady();
            } catch (Throwable e) {
                started.close();
                throw e;
            }
            second = started;
            balances.to(List.of(RestAssured.port, started.port()));
        }
    }

    /** Those of the running one, whatever they come from. */
    private static Map<String, String> settings() {
        Config config = ConfigProvider.getConfig();
        Map<String, String> settings = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (SHARED.stream().anyMatch(name::startsWith)) {
                config.getOptionalValue(name, String.class).ifPresent(value -> settings.put(name, value));
            }
        }
        return settings;
    }

    /** It trusts whom the running one trusts, which is said to its JVM. */
    private static Map<String, String> environment() {
        String said = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("javax.net.ssl."))
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .collect(Collectors.joining(" "));
        return said.isEmpty() ? Map.of() : Map.of("JDK_JAVA_OPTIONS", said);
    }
}
