package io.jeton.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.jeton.test.Database;
import io.jeton.test.ServiceTest;
import io.jeton.test.TestClients;
import io.jeton.test.TestDevice;
import io.restassured.RestAssured;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A device, and a service that verifies its tokens, made of Nimbus' SDK: all they know is the issuer. */
@ServiceTest
class NimbusTest {
    @Test
    void aDeviceGetsTokensRefreshesThemAndAnyoneVerifiesThem() throws Exception {
        OIDCProviderMetadata provider = OIDCProviderMetadata.resolve(issuer());
        assertTrue(provider.getGrantTypes().contains(GrantType.DEVICE_CODE));
        ClientID client = new ClientID(TestClients.DEVICE);
        OIDCTokens tokens = approved(provider, client);
        for (int refresh = 0; refresh < 3; refresh++) {
            verify(provider, client, tokens, JWSAlgorithm.ES256, JWSAlgorithm.RS256, "at+jwt");
            TokenRequest request = new TokenRequest.Builder(
                            provider.getTokenEndpointURI(), client, new RefreshTokenGrant(tokens.getRefreshToken()))
                    .build();
            OIDCTokens next =
                    tokens(OIDCTokenResponseParser.parse(request.toHTTPRequest().send()));
            assertTrue(!next.getRefreshToken().equals(tokens.getRefreshToken()));
            tokens = next;
        }
    }

    /** Ed25519 is verified through the JDK's own provider elsewhere: Nimbus would need another library for it. */
    @ParameterizedTest
    @CsvSource({"rsa-device, RS256, ES256, JWT"})
    void aClientChoosesItsAlgorithms(String id, String access, String idToken, String type) throws Exception {
        OIDCProviderMetadata provider = OIDCProviderMetadata.resolve(issuer());
        ClientID client = new ClientID(id);
        verify(
                provider,
                client,
                approved(provider, client),
                JWSAlgorithm.parse(access),
                JWSAlgorithm.parse(idToken),
                type);
    }

    @Test
    void theMetadataIsFoundByRfc8414Too() throws Exception {
        AuthorizationServerMetadata metadata = AuthorizationServerMetadata.resolve(issuer());
        assertEquals(issuer(), metadata.getIssuer());
        assertNotNull(metadata.getDeviceAuthorizationEndpointURI());
    }

    private static OIDCTokens approved(OIDCProviderMetadata provider, ClientID client) throws Exception {
        DeviceAuthorizationSuccessResponse codes = DeviceAuthorizationResponse.parse(
                        new DeviceAuthorizationRequest.Builder(client)
                                .endpointURI(provider.getDeviceAuthorizationEndpointURI())
                                .scope(new Scope("openid", "telemetry:write"))
                                .build()
                                .toHTTPRequest()
                                .send())
                .toSuccessResponse();
        TokenRequest poll = new TokenRequest.Builder(
                        provider.getTokenEndpointURI(), client, new DeviceCodeGrant(codes.getDeviceCode()))
                .build();
        TokenErrorResponse pending =
                TokenResponse.parse(poll.toHTTPRequest().send()).toErrorResponse();
        assertEquals("authorization_pending", pending.getErrorObject().getCode());
        Database.update(
                "update device_authorization set state = 'APPROVED', account_id = ?, authenticated_at = now()"
                        + " where client_id = ? and state = 'PENDING'",
                TestDevice.person(),
                client.getValue());
        return tokens(OIDCTokenResponseParser.parse(poll.toHTTPRequest().send()));
    }

    private static OIDCTokens tokens(TokenResponse response) {
        return ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
    }

    private static void verify(
            OIDCProviderMetadata provider,
            ClientID client,
            OIDCTokens tokens,
            JWSAlgorithm access,
            JWSAlgorithm idToken,
            String type)
            throws Exception {
        DefaultJWTProcessor<SecurityContext> verifier = new DefaultJWTProcessor<>();
        verifier.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(type)));
        verifier.setJWSKeySelector(new JWSVerificationKeySelector<>(
                access, JWKSourceBuilder.create(provider.getJWKSetURI().toURL()).build()));
        verifier.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                "https://api.example.com",
                new JWTClaimsSet.Builder()
                        .issuer(provider.getIssuer().getValue())
                        .build(),
                Set.of("sub", "exp", "iat", "jti", "client_id", "device_id", "scope")));
        JWTClaimsSet claims = verifier.process(tokens.getAccessToken().getValue(), null);
        assertEquals(client.getValue(), claims.getStringClaim("client_id"));

        IDTokenValidator validator = new IDTokenValidator(
                provider.getIssuer(), client, idToken, provider.getJWKSetURI().toURL());
        var id = validator.validate(tokens.getIDToken(), null);
        assertEquals(claims.getSubject(), id.getSubject().getValue());
        assertNotNull(id.getAuthenticationTime());
        AccessTokenValidator.validate(tokens.getAccessToken(), idToken, id.getAccessTokenHash());
    }

    private static Issuer issuer() {
        return new Issuer("http://localhost:" + RestAssured.port);
    }
}
