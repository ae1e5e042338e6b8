package io.jeton.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.Replica;
import io.jeton.test.TestClients;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Keys rotate every few seconds, MAC secrets too; verifiers cache the key set for as long as they may. */
class KeyRotationIT {
    private static final int DEVICES = 30;
    private static final List<RotationStep> STEPS = Arrays.stream(
                    System.getProperty("fault.rotation.steps", "ACTIVATE,COMMIT")
                            .split(",", -1))
            .map(RotationStep::valueOf)
            .toList();
    private static final int ROTATIONS = Integer.getInteger("fault.rotation.rotations", 2);
    private static final Duration SKEW = Duration.ofSeconds(Integer.getInteger("fault.rotation.skew", 2));
    private static final Duration TOKEN = Duration.ofSeconds(8);

    @Test
    void aLeaderKilledInTheMiddleOfARotationIsNotMissed() throws Exception {
        try (Replicas replicas = Replicas.start(settings(Duration.ofSeconds(1)))) {
            play("leader killed", replicas, () -> killed(replicas, STEPS));
        }
    }

    @Test
    void norIsItWhereTheClocksOfTheReplicasAreWrong() throws Exception {
        // Each step once: the replica that is left comes to its turn later by as much as the clocks differ.
        List<RotationStep> steps = STEPS.stream().distinct().toList();
        try (Replicas replicas = off(SKEW)) {
            play("leader killed, clocks off by ±" + Figures.seconds(SKEW), replicas, () -> killed(replicas, steps));
        }
    }

    @Test
    void verifiersKnowEveryKeyAlthoughTheClocksOfTheReplicasAreWrong() throws Exception {
        try (Replicas replicas = off(SKEW)) {
            play("clocks off by ±" + Figures.seconds(SKEW), replicas, () -> {
                for (int i = 0; i < ROTATIONS; i++) {
                    awaitRotation();
                }
                return ROTATIONS;
            });
        }
    }

    /** What happens to the replicas; returns how often. */
    private interface Fault {
        int play() throws Exception;
    }

    /** Two replicas whose clocks are off in opposite directions. */
    private static Replicas off(Duration skew) throws Exception {
        Replicas replicas = Replicas.start(settings(skew), List.of(WrongClock.by(skew), WrongClock.by(skew.negated())));
        try {
            assertOff(replicas.get(0), skew);
            assertOff(replicas.get(1), skew.negated());
            return replicas;
        } catch (Throwable e) {
            replicas.close();
            throw e;
        }
    }

    /** The one that rotates is killed at each step. */
    private static int killed(Replicas replicas, List<RotationStep> steps) throws Exception {
        for (RotationStep step : steps) {
            step.play(replicas, Replica::kill);
            awaitRotation();
            for (Replica replica : replicas.all()) {
                replica.restartIfKilled();
            }
        }
        return steps.size();
    }

    private static void play(String name, Replicas replicas, Fault fault) throws Exception {
        Verifiers verifiers = new Verifiers(replicas, TOKEN.minusSeconds(1));
        List<VirtualDevice> devices = Fleet.approved(
                DEVICES, replicas::any, TestClients.DEVICE, TestClients.RSA_DEVICE, TestClients.EDDSA_DEVICE);
        try (Fleet fleet = Fleet.refreshing(devices, 10, verifiers::accept);
                PublicDocuments documents = PublicDocuments.watched(replicas.all())) {
            fleet.awaitEveryDevice();
            int times = fault.play();
            Duration recovery = fleet.awaitEveryDevice();
            fleet.stop();
            documents.stop();
            Figures.note(
                    "rotation",
                    "%s, %d times: %d devices, %d refreshes, %d unanswered, 0 re-approved; %d verifications, no unknown"
                            + " kid, no bad signature; all served again after %s; %d reads of the key set, never empty; %d attempts at"
                            + " one that was killed",
                    name,
                    times,
                    DEVICES,
                    fleet.refreshed(),
                    fleet.unanswered(),
                    verifiers.verified(),
                    Figures.seconds(recovery),
                    documents.reads(),
                    documents.failures());
        }
    }

    /** Waits until other keys sign. */
    private static void awaitRotation() throws InterruptedException {
        Object before = RotationStep.active();
        long end = System.nanoTime() + RotationStep.PATIENCE.toNanos();
        while (RotationStep.active().equals(before)) {
            assertTrue(System.nanoTime() < end, "the keys do not rotate");
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** As short as {@code KeyPolicy} allows where clocks may be off by so much. */
    private static Map<String, String> settings(Duration skew) {
        Map<String, String> settings = new HashMap<>();
        Duration lead = skew.plusSeconds(2);
        settings.put("jeton.keys.jwks-max-age", "PT1S");
        settings.put("jeton.keys.clock-skew", skew.toString());
        settings.put("jeton.database.reload-every", "PT1S");
        settings.put("jeton.keys.lead-time", lead.toString());
        settings.put("jeton.keys.rotation-period", lead.toString());
        settings.put("jeton.keys.mac-rotation-period", lead.toString());
        settings.put("jeton.keys.check-every", "PT1S");
        settings.put("jeton.lifetimes.longest-access-token", TOKEN.toString());
        settings.put("jeton.lifetimes.longest-refresh-idle", "PT1M");
        settings.put("jeton.status-list.ttl", "PT1S");
        settings.put("jeton.status-list.lifetime", TOKEN.toString());
        for (String name : TestClients.settings().keySet()) {
            if (name.startsWith("jeton.clients.") && name.endsWith(".name")) {
                String client = name.substring(0, name.length() - ".name".length());
                settings.put(client + ".access-token-lifetime", TOKEN.toString());
                settings.put(client + ".refresh-idle-lifetime", "PT1M");
            }
        }
        return settings;
    }

    private static void assertOff(Replica replica, Duration offset) throws Exception {
        VirtualDevice device = Fleet.approved(1, replica::port).get(0);
        assertEquals(VirtualDevice.Answer.REFRESHED, device.ask());
        String claims = device.accessToken().split("\\.", -1)[1];
        long issuedAt = new JsonObject(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                .getLong("iat");
        Duration off = Duration.between(Instant.now(), Instant.ofEpochSecond(issuedAt));
        assertTrue(off.minus(offset).abs().compareTo(Duration.ofSeconds(2)) < 0, () -> "its clock is off by " + off);
    }
}
