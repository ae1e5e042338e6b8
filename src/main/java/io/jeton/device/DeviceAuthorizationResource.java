package io.jeton.device;

import io.jeton.client.Client;
import io.jeton.client.ClientAuthentication;
import io.jeton.client.ProvenKeys;
import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.jeton.http.ClientNetwork;
import io.jeton.http.FormRequest;
import io.jeton.http.RemoteAddress;
import io.jeton.http.RequestTimeout;
import io.jeton.limit.Limit;
import io.jeton.limit.Limits;
import io.jeton.protocol.ErrorCode;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.OAuthException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The device authorization endpoint: RFC 8628 §3.1. */
@Path(DeviceAuthorizationResource.PATH)
public final class DeviceAuthorizationResource implements MetadataContributor {
    static final String PATH = "/device_authorization";

    /** With 20^8 user codes even one clash is next to impossible. */
    private static final int DRAWS = 5;

    private final ClientAuthentication authentication;
    private final ProvenKeys keys;
    private final Limits limits;
    private final DeviceAuthorizationRepository repository;
    private final DeviceCodes codes;
    private final RequestTimeout timeout;
    private final RemoteAddress remoteAddress;

    DeviceAuthorizationResource(
            ClientAuthentication authentication,
            ProvenKeys keys,
            Limits limits,
            DeviceAuthorizationRepository repository,
            DeviceCodes codes,
            RequestTimeout timeout,
            RemoteAddress remoteAddress) {
        this.authentication = authentication;
        this.keys = keys;
        this.limits = limits;
        this.repository = repository;
        this.codes = codes;
        this.timeout = timeout;
        this.remoteAddress = remoteAddress;
    }

    @POST
    public Uni<Response> authorize(@Context HttpServerRequest http, byte[] body) {
        FormParameters form = FormRequest.read(http, body);
        return authentication
                .authenticate(http, form)
                .invoke(client -> client.requireGrantType(GrantType.DEVICE_CODE))
                .invoke(client -> limit(http, client))
                .chain(client -> keys.of(http, PATH, client)
                        .map(key -> AuthorizationRequest.of(client, form, key, remoteAddress.of(http))))
                .chain(request -> store(request, DRAWS))
                .map(this::answer)
                .plug(timeout::limit);
    }

    private void limit(HttpServerRequest http, Client client) {
        limits.take(Limit.DEVICE_AUTHORIZATION_PER_ADDRESS, ClientNetwork.of(remoteAddress.of(http)));
        limits.take(Limit.DEVICE_AUTHORIZATION_PER_CLIENT, client.id());
    }

    private Uni<NewAuthorization> store(AuthorizationRequest request, int draws) {
        NewAuthorization drawn = codes.draw(request);
        return repository.insert(drawn).chain(stored -> {
            if (stored) {
                return Uni.createFrom().item(drawn);
            }
            return draws > 1
                    ? store(request, draws - 1)
                    : Uni.createFrom()
                            .failure(new OAuthException(ErrorCode.TEMPORARILY_UNAVAILABLE, "no user code is free"));
        });
    }

    private Response answer(NewAuthorization authorization) {
        return Response.ok(codes.response(authorization), MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Pragma", "no-cache")
                .build();
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        metadata.endpoint("device_authorization_endpoint", PATH);
        metadata.values("code_challenge_methods_supported", List.of(CodeChallenge.METHOD));
    }
}
