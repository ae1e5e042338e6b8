package io.jeton.keys;

import io.jeton.discovery.MetadataContributor;
import io.jeton.discovery.ProviderMetadata;
import io.jeton.http.PublicDocument;
import io.jeton.http.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The public keys: RFC 7517 §5. Served from memory, whatever the database does. */
@ApplicationScoped
final class KeySetPublication implements Publication, MetadataContributor {
    private static final String PATH = "/jwks";

    private final CurrentKeyRing ring;
    private final KeyPolicy policy;

    KeySetPublication(CurrentKeyRing ring, KeyPolicy policy) {
        this.ring = ring;
        this.policy = policy;
    }

    @Override
    public List<String> paths() {
        return List.of(PATH);
    }

    @Override
    public PublicDocument document() {
        return ring.get().jwks();
    }

    @Override
    public Duration maxAge() {
        return policy.jwksMaxAge();
    }

    @Override
    public void contribute(ProviderMetadata metadata) {
        List<String> algorithms = Arrays.stream(KeyAlgorithm.values())
                .filter(KeyAlgorithm::signs)
                .map(KeyAlgorithm::value)
                .toList();
        metadata.endpoint("jwks_uri", PATH);
        metadata.values("id_token_signing_alg_values_supported", algorithms);
    }
}
