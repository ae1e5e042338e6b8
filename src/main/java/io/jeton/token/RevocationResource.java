package io.jeton.token;

import io.jeton.client.Client;
import io.jeton.client.ClientAuthentication;
import io.jeton.client.ProvenKeys;
import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.jeton.http.FormRequest;
import io.jeton.http.RemoteAddress;
import io.jeton.http.RequestTimeout;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import io.jeton.refresh.RefreshTokenRevocation;
import io.jeton.refresh.RefreshTokenSeal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** A client gives a token back: RFC 7009. A refresh token ends the device's grant; an access token ends alone. */
@Path(RevocationResource.PATH)
public final class RevocationResource implements MetadataContributor {
    static final String PATH = "/revoke";

    private final ClientAuthentication authentication;
    private final ProvenKeys keys;
    private final RefreshTokenRevocation refreshTokens;
    private final AccessTokens accessTokens;
    private final AccessTokenRevocation revocations;
    private final RequestTimeout timeout;
    private final RemoteAddress remoteAddress;

    RevocationResource(
            ClientAuthentication authentication,
            ProvenKeys keys,
            RefreshTokenRevocation refreshTokens,
            AccessTokens accessTokens,
            AccessTokenRevocation revocations,
            RequestTimeout timeout,
            RemoteAddress remoteAddress) {
        this.authentication = authentication;
        this.keys = keys;
        this.refreshTokens = refreshTokens;
        this.accessTokens = accessTokens;
        this.revocations = revocations;
        this.timeout = timeout;
        this.remoteAddress = remoteAddress;
    }

    /** The hint is not needed: a token says of what kind it is. */
    @POST
    public Uni<Response> revoke(@Context HttpServerRequest http, byte[] body) {
        FormParameters form = FormRequest.read(http, body);
        return authentication
                .authenticate(http, form)
                .chain(client -> revoke(http, form.require("token"), client))
                .map(done -> Response.ok()
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build())
                .plug(timeout::limit);
    }

    /**
     * RFC 7009 §2.2: a token that is not known, or no more, is as good as revoked. The proof of a key comes after what is known
     * in memory: that it was presented is a row, and a stranger's forged token must not write one.
     */
    private Uni<Void> revoke(HttpServerRequest http, String token, Client client) {
        if (RefreshTokenSeal.isRefreshToken(token)) {
            return refreshTokens
                    .revoke(token, client, () -> keys.of(http, PATH, client), remoteAddress.of(http))
                    .invoke(outcome -> refuse(outcome, client))
                    .replaceWithVoid();
        }
        Optional<AccessToken> accessToken = accessTokens.read(token);
        if (accessToken.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (!accessToken.get().clientId().equals(client.id())) {
            throw anotherClients();
        }
        return keys.of(http, PATH, client)
                .chain(key -> revocations.revoke(accessToken.get(), remoteAddress.of(http)))
                .replaceWithVoid();
    }

    private static void refuse(RefreshTokenRevocation.Outcome outcome, Client client) {
        if (outcome == RefreshTokenRevocation.Outcome.OF_ANOTHER_CLIENT) {
            throw anotherClients();
        } else if (outcome == RefreshTokenRevocation.Outcome.KEY_NOT_PROVEN) {
            throw new OAuthException(
                    client.tokens().certificateBound() ? ErrorCode.INVALID_GRANT : ErrorCode.INVALID_DPOP_PROOF,
                    "the token is bound to a key that is not proven");
        }
    }

    private static OAuthException anotherClients() {
        return new OAuthException(ErrorCode.INVALID_GRANT, "the token was issued to another client");
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        metadata.endpoint("revocation_endpoint", PATH);
        metadata.values("revocation_endpoint_auth_methods_supported", authentication.methods());
        metadata.values(
                "revocation_endpoint_auth_signing_alg_values_supported", ClientAuthentication.signingAlgorithms());
    }
}
