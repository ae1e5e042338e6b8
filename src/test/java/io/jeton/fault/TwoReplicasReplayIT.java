package io.jeton.fault;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jeton.test.Concurrently;
import io.jeton.test.Database;
import io.jeton.test.TestClients;
import io.jeton.test.TestKey;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What may be presented once may be presented once, whichever replica it comes to. */
@DisplayName("RFC 7523 §3, RFC 9449 §11.1: replays across replicas")
class TwoReplicasReplayIT {
    private static final String ISSUER = "http://localhost";
    private static final String CLIENT = "replayed-client";
    private static final String SERIAL = "R-1";
    private final TestKey key = TestKey.es256();

    @Test
    void anAssertionIsGoodOnceOnTwoReplicas() throws Exception {
        Replicas replicas = Replicas.start(clientThatSigns());
        try {
            for (int round = 0; round < 20; round++) {
                String assertion = key.assertion(CLIENT, ISSUER);
                assertEquals(1, servedOf8(replicas, () -> Map.of(), clientCredentials(assertion)));
            }
        } finally {
            replicas.close();
        }
    }

    @Test
    void aProofAndADevicesAssertionAreGoodOnceOnTwoReplicas() throws Exception {
        Replicas replicas = Replicas.start(Map.of(
                "jeton.clients.\"" + CLIENT + "\".name", "Sensor",
                "jeton.clients.\"" + CLIENT + "\".grant-types",
                        "urn:ietf:params:oauth:grant-type:jwt-bearer,refresh_token"));
        try {
            Database.update(
                    "insert into device (id, client_id, serial, first_seen_from, public_jwk, key_thumbprint)"
                            + " values (gen_random_uuid(), ?, ?, 'import', ?, ?)",
                    CLIENT,
                    SERIAL,
                    key.publicJson(),
                    key.thumbprint());
            for (int round = 0; round < 20; round++) {
                String assertion = key.assertion(SERIAL, ISSUER);
                assertEquals(1, servedOf8(replicas, () -> Map.of(), deviceAssertion(assertion)));
                String proof = key.proof("POST", ISSUER + "/token");
                Map<String, String> service = Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        TestClients.POST_SERVICE,
                        "client_secret",
                        TestClients.SECRET);
                assertEquals(1, servedOf8(replicas, () -> Map.of("DPoP", proof), service));
            }
        } finally {
            replicas.close();
        }
    }

    private interface Headers {
        Map<String, String> get();
    }

    /** How many of eight at the same instant, four to each replica, were served. */
    private static long servedOf8(Replicas replicas, Headers headers, Map<String, String> form) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Response> answers = Concurrently.call(8, () -> {
            int port = replicas.get(next.getAndIncrement() % 2).port();
            return given().port(port).headers(headers.get()).formParams(form).post("/token");
        });
        return answers.stream().filter(answer -> answer.statusCode() == 200).count();
    }

    private Map<String, String> clientThatSigns() {
        Map<String, String> settings = new HashMap<>();
        settings.put("jeton.clients.\"" + CLIENT + "\".name", "Signer");
        settings.put("jeton.clients.\"" + CLIENT + "\".token-endpoint-auth-method", "private_key_jwt");
        settings.put("jeton.clients.\"" + CLIENT + "\".jwks", key.set());
        settings.put("jeton.clients.\"" + CLIENT + "\".grant-types", "client_credentials");
        return settings;
    }

    private static Map<String, String> clientCredentials(String assertion) {
        return Map.of(
                "grant_type",
                "client_credentials",
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion);
    }

    private static Map<String, String> deviceAssertion(String assertion) {
        return Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "client_id",
                CLIENT,
                "assertion",
                assertion);
    }
}
