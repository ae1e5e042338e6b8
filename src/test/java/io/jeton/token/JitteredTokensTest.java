package io.jeton.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestService;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

@ServiceTest
@TestProfile(JitteredTokensTest.Jittered.class)
class JitteredTokensTest {
    public static final class Jittered implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("jeton.tokens.expiry-jitter", "0.2");
        }
    }

    @Test
    void tokensOfTheSameInstantEndAtDifferentOnesAndTheAnswerSaysWhen() throws JoseException {
        Set<Integer> lives = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Response answer = TestService.token(TestClients.POST_SERVICE);
            int life = answer.path("expires_in");
            Map<String, Object> claims = claims(answer.path("access_token"));
            assertEquals(life, (long) claims.get("exp") - (long) claims.get("iat"));
            assertTrue(life > 2880 && life <= 3600, "lives for " + life);
            lives.add(life);
        }
        assertTrue(lives.size() > 1, "all live for " + lives);
    }

    private static Map<String, Object> claims(String token) throws JoseException {
        byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return JsonUtil.parseJson(new String(payload, StandardCharsets.UTF_8));
    }
}
