package io.jeton.keys;

import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;

/** The public keys: RFC 7517 §5. Served from memory, whatever the database does. */
@Path("/jwks")
public final class JwksResource implements MetadataContributor {
    private final CurrentKeyRing ring;
    private final KeyPolicy policy;

    JwksResource(CurrentKeyRing ring, KeyPolicy policy) {
        this.ring = ring;
        this.policy = policy;
    }

    @GET
    @NonBlocking
    public Response jwks(@Context Request request) {
        return ring.get().jwks().answer(request, policy.jwksMaxAge());
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        List<String> algorithms = Arrays.stream(KeyAlgorithm.values())
                .filter(KeyAlgorithm::signs)
                .map(KeyAlgorithm::value)
                .toList();
        metadata.endpoint("jwks_uri", "/jwks");
        metadata.values("id_token_signing_alg_values_supported", algorithms);
    }
}
