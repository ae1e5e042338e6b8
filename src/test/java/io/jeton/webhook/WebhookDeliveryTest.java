package io.jeton.webhook;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.audit.AuditEvent;
import io.jeton.audit.EventType;
import io.jeton.crypto.Randomness;
import io.jeton.keys.TokenSigner;
import io.jeton.protocol.Identifier;
import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.Eventually;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ServiceTest
@TestProfile(WithReceivers.class)
class WebhookDeliveryTest {
    @Inject
    Event<AuditEvent> events;

    @Inject
    Webhooks webhooks;

    @Inject
    DeliveryRepository repository;

    @Inject
    TokenSigner signer;

    @Inject
    Push push;

    @Inject
    Randomness randomness;

    @Inject
    ObjectMapper json;

    private Receiver receiver;

    @BeforeEach
    void listen() throws Exception {
        receiver = new Receiver(ConfigProvider.getConfig().getValue(WithReceivers.PORT, Integer.class));
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void aBrokerThatFailsTwiceIsToldOfAReuseAndCanVerifyIt() throws Exception {
        TestDevice device = TestDevice.approved(TestClients.DEVICE, "scope", "telemetry:write");
        String token = device.redeem();
        String next = device.refresh(token).path("refresh_token");
        device.refresh(next).then().statusCode(200);
        Eventually.holds(() -> delivered("broker", "device.enrolled") >= 1);
        int before = receiver.at("/broker").size();

        receiver.answer("/broker", 503, 302);
        device.refresh(token).then().statusCode(400);
        String row = "webhook_delivery where webhook = 'broker' and event_type = 'refresh_token.reuse'";
        assertEquals(1, count(row), "written with the revocation");
        Eventually.holds(() -> {
            hurry("broker");
            return delivered("broker", "refresh_token.reuse") == 1;
        });

        assertEquals(0, receiver.at("/elsewhere").size(), "no redirect is followed");
        List<Receiver.Received> all = receiver.at("/broker");
        assertEquals(before + 3, all.size());
        Set<String> ids = new HashSet<>();
        for (Receiver.Received request : all.subList(before, all.size())) {
            assertEquals("application/secevent+jwt", request.contentType());
            assertEquals("application/json", request.accept());
            assertEquals(WithReceivers.SECRET, request.authorization());
            JwtClaims claims = verify(request.body(), "https://broker.example.com");
            ids.add(claims.getJwtId());
            String id = Identifier.of((UUID) device.row().get("device_id"));
            assertEquals(Map.of("format", "opaque", "id", id), claims.getClaimValue("sub_id"));
            assertTrue(claims.hasClaim("toe"));
            Map<?, ?> payload = payload(claims, "refresh_token.reuse");
            assertEquals(id, payload.get("device_id"));
            assertEquals(TestClients.DEVICE, payload.get("client_id"));
            assertEquals(Identifier.of(TestDevice.person()), payload.get("sub"));
            assertEquals("a refresh token was used before", payload.get("reason"));
        }
        assertEquals(1, ids.size(), "the same token each time");
        assertEquals("HTTP 202", Database.one("select last_answer from " + row).get("last_answer"));
        String everything = Database.query("select * from webhook_delivery").toString()
                + Database.query("select * from audit_event");
        for (String secret : List.of(WithReceivers.SECRET, token, next, device.deviceCode(), device.userCode())) {
            assertFalse(everything.contains(secret), "a secret is stored");
        }
    }

    @Test
    void aRotationIsToldOnceForEachKeyThatSigns() throws Exception {
        Eventually.holds(() -> delivered("keys", "key.rotated") == 3);
        Object former = Database.one("select kid from signing_key where state = 'ACTIVE' and algorithm = 'ES256'")
                .get("kid");
        Database.update("delete from signing_key where kid = ?", former);
        Eventually.holds(() -> delivered("keys", "key.rotated") == 4);
        Object kid = Database.one("select kid from signing_key where state = 'ACTIVE' and algorithm = 'ES256'")
                .get("kid");
        List<Receiver.Received> all = receiver.at("/keys");
        Map<?, ?> payload = payload(verify(all.get(all.size() - 1).body(), "keys"), "key.rotated");
        assertEquals(Map.of("kid", kid, "alg", "ES256"), payload);
        assertEquals(0, count("webhook_delivery where webhook = 'keys' and claims like '%HMAC%'"));
    }

    @Test
    void aReceiverThatCallsTheTokenWrongIsGivenUpAndThatIsOnRecord() throws Exception {
        receiver.answer("/refuser", 400, 400, 400, 400, 400, 400, 400);
        events.fire(AuditEvent.success(EventType.DEVICE_SUSPENDED).withClient("kettle"));
        Eventually.holds(() -> {
            hurry("refuser");
            return count("webhook_delivery where webhook = 'refuser' and state = 'FAILED'") == 1;
        });
        assertEquals(5, receiver.at("/refuser").size());
        Eventually.holds(() -> count("audit_event where type = 'webhook.failed' and actor_kind = 'system'"
                        + " and reason = 'refuser device.suspended: HTTP 400 invalid_key'")
                == 1);
    }

    @Test
    void twoSendersNeverDeliverTheSameAtTheSameTime() throws Exception {
        receiver.behave("/slow", exchange -> {
            Thread.sleep(30);
            exchange.sendResponseHeaders(202, -1);
        });
        for (int i = 0; i < 40; i++) {
            events.fire(AuditEvent.success(EventType.DEVICE_RENAMED).withSubject("" + i));
        }
        Eventually.holds(() -> count("webhook_delivery where webhook = 'slow'") == 40);
        Webhook slow = webhook("slow");
        List<String> failures = Concurrently.each(4, 4, i -> deliver(slow));
        Eventually.holds(() -> delivered("slow", "device.renamed") == 40);
        List<String> ids = new ArrayList<>();
        JwtConsumer verifier = verifier("slow");
        for (Receiver.Received request : receiver.at("/slow")) {
            ids.add(verifier.processToClaims(request.body()).getJwtId());
        }
        assertEquals(List.of("", "", "", ""), failures);
        assertEquals(40, ids.size(), "none came twice");
        assertEquals(40, Set.copyOf(ids).size());
    }

    /** As another replica would, beside the job. */
    private String deliver(Webhook webhook) {
        WebhookSender sender = new WebhookSender(repository, signer, push, randomness, json, events);
        try {
            VertxContextSupport.subscribeAndAwait(() -> sender.deliver(webhook));
            return "";
        } catch (Throwable e) {
            return e.toString();
        }
    }

    @Test
    void whoLostHisLeaseSaysNothingMoreOfADelivery() throws Throwable {
        UUID id = UUID.randomUUID();
        Database.update(
                "insert into webhook_delivery (id, webhook, event_type, claims) values (?, 'gone', 'x', '{}')", id);
        Delivery first = take().get(0);
        assertEquals(List.of(), take(), "it has an owner");
        Database.update("update webhook_delivery set next_attempt_at = now() where id = ?", id);
        Delivery second = take().get(0);
        assertEquals(first.attempts() + 1, second.attempts());
        assertFalse(VertxContextSupport.subscribeAndAwait(() -> repository.failed(first, "too late")));
        assertFalse(VertxContextSupport.subscribeAndAwait(() ->
                repository.postpone(first, new DeliverySchedule.Next.Again(Duration.ofHours(1), true), "too late")));
        assertTrue(VertxContextSupport.subscribeAndAwait(() -> repository.delivered(second, "HTTP 202")));
        assertFalse(VertxContextSupport.subscribeAndAwait(() -> repository.delivered(second, "twice")));
        assertEquals(
                "HTTP 202",
                Database.one("select last_answer from webhook_delivery where id = ?", id)
                        .get("last_answer"));
    }

    @Test
    void whatEndedAWeekAgoIsPurgedAndSoIsWhatNobodyWaitsFor() throws Throwable {
        Database.update("""
                insert into webhook_delivery (id, webhook, event_type, claims, state, created_at, ended_at) values
                (gen_random_uuid(), 'purge', 'old', '{}', 'DELIVERED', now() - interval '9 days', now() - interval '8 days'),
                (gen_random_uuid(), 'purge', 'old', '{}', 'FAILED', now() - interval '9 days', now() - interval '8 days'),
                (gen_random_uuid(), 'purge', 'old', '{}', 'PENDING', now() - interval '8 days', null),
                (gen_random_uuid(), 'purge', 'young', '{}', 'DELIVERED', now() - interval '7 days', now() - interval '6 days'),
                (gen_random_uuid(), 'purge', 'young', '{}', 'PENDING', now() - interval '6 days', null)""");
        assertEquals(2, VertxContextSupport.subscribeAndAwait(() -> repository.purge(2)));
        assertEquals(1, VertxContextSupport.subscribeAndAwait(() -> repository.purge(2)));
        assertEquals(2, count("webhook_delivery where webhook = 'purge' and event_type = 'young'"));
    }

    @Test
    void anAnswerWithoutEndIsReadNoFurtherThanItMust() throws Throwable {
        receiver.behave("/silent", exchange -> {
            exchange.sendResponseHeaders(202, 0);
            byte[] noise = new byte[1024];
            for (int i = 0; i < 1_000_000; i++) {
                exchange.getResponseBody().write(noise);
            }
        });
        long start = System.nanoTime();
        Push.Answer answer = VertxContextSupport.subscribeAndAwait(() -> push.post(webhook("silent"), "a.b.c"));
        assertEquals(202, answer.status());
        assertTrue(answer.body().length() <= 4096);
        assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(5)) < 0);
    }

    @Test
    void aReceiverThatNeverAnswersIsNotWaitedForForLong() throws Exception {
        receiver.behave("/silent", exchange -> Thread.sleep(20_000));
        events.fire(AuditEvent.success(EventType.DEVICE_RESUMED));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (count("webhook_delivery where webhook = 'silent' and last_answer = 'no answer in time'") == 0) {
            assertTrue(System.nanoTime() < end, () -> Database.query(
                            "select * from webhook_delivery where webhook = 'silent'")
                    .toString());
            Thread.sleep(200);
        }
        assertEquals(1, count("webhook_delivery where webhook = 'silent' and state = 'PENDING' and attempts = 1"));
    }

    private List<Delivery> take() throws Throwable {
        return VertxContextSupport.subscribeAndAwait(() -> repository.take("gone", 10, WebhookSender.LEASE));
    }

    private Webhook webhook(String name) {
        return webhooks.all().stream()
                .filter(webhook -> webhook.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** As the receiver of the guide does. */
    private static JwtConsumer verifier(String audience) throws Exception {
        String issuer = given().get("/.well-known/openid-configuration").path("issuer");
        return new JwtConsumerBuilder()
                .setExpectedType(true, "secevent+jwt")
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireJwtId()
                .setRequireIssuedAt()
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .setVerificationKeyResolver(new HttpsJwksVerificationKeyResolver(new HttpsJwks(issuer + "/jwks")))
                .build();
    }

    private static JwtClaims verify(String token, String audience) throws Exception {
        return verifier(audience).processToClaims(token);
    }

    private static Map<?, ?> payload(JwtClaims claims, String event) throws Exception {
        Map<?, ?> all = (Map<?, ?>) claims.getClaimValue("events");
        assertEquals(Set.of(claims.getIssuer() + "/events/" + event), all.keySet());
        return (Map<?, ?>) all.values().iterator().next();
    }

    /** The pauses are over. */
    private static void hurry(String webhook) {
        Database.update(
                "update webhook_delivery set next_attempt_at = now() where webhook = ? and state = 'PENDING'"
                        + " and last_answer is not null and next_attempt_at < now() + interval '30 seconds'",
                webhook);
    }

    private static int delivered(String webhook, String event) {
        return count("webhook_delivery where state = 'DELIVERED' and webhook = '" + webhook + "' and event_type = '"
                + event + "'");
    }

    private static int count(String from) {
        return ((Long) Database.one("select count(*) as n from " + from).get("n")).intValue();
    }
}
