package io.jeton.interop;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** What the guide says of Spring Security. */
@ServiceTest
class SpringSecurityTest {
    private static final String AUDIENCE = "https://api.example.com";

    @Test
    void theDecoderOfTheGuideAcceptsAnAccessTokenAndNothingElse() {
        String issuer = issuer();
        // The guide's.
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(issuer)
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(issuer)
                .audience(AUDIENCE)
                .clientId(TestClients.DEVICE)
                .build());

        Response answer = tokens(TestClients.DEVICE);
        Jwt token = decoder.decode(answer.path("access_token"));
        assertEquals("openid telemetry:write", token.getClaimAsString("scope"));
        assertThrows(JwtException.class, () -> decoder.decode(answer.path("id_token")));
        assertThrows(
                JwtException.class,
                () -> decoder.decode(tokens(TestClients.OTHER_DEVICE).path("access_token")));
    }

    @Test
    void theDecoderThatIsMadeByDefaultWantsAnotherType() {
        JwtDecoder decoder = JwtDecoders.fromIssuerLocation(issuer());
        assertThrows(
                JwtException.class,
                () -> decoder.decode(tokens(TestClients.DEVICE).path("access_token")));
        assertEquals(
                TestClients.RSA_DEVICE,
                decoder.decode(tokens(TestClients.RSA_DEVICE).path("access_token"))
                        .getClaimAsString("client_id"));
    }

    private static Response tokens(String client) {
        return TestDevice.approved(client, "scope", "openid telemetry:write").poll();
    }

    private static String issuer() {
        return given().get("/.well-known/openid-configuration").path("issuer");
    }
}
