package io.jeton.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jeton.http.PublicDocument;
import io.jeton.http.Publication;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** One document for both kinds of client: OpenID Connect Discovery §4 and RFC 8414 §3. */
@ApplicationScoped
final class MetadataPublication implements Publication {
    private static final List<String> PATHS =
            List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server");
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final PublicDocument document;

    MetadataPublication(Issuer issuer, @All List<MetadataContributor> contributors, ObjectMapper json)
            throws JsonProcessingException {
        ProviderMetadata metadata = new ProviderMetadata(issuer);
        contributors.forEach(contributor -> contributor.contribute(metadata));
        // There is no authorization endpoint, so no response type; both specifications require the member.
        metadata.values("response_types_supported", List.of());
        metadata.values("subject_types_supported", List.of("public"));
        this.document = PublicDocument.of(json.writeValueAsString(metadata.members()));
    }

    @Override
    public List<String> paths() {
        return PATHS;
    }

    @Override
    public PublicDocument document() {
        return document;
    }

    @Override
    public Duration maxAge() {
        return MAX_AGE;
    }
}
