package io.jeton.admin;

import io.jeton.http.PublicDocument;
import io.jeton.http.Publication;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The description of what is below {@code /admin}, OpenAPI 3.1, which the build wrote. */
@ApplicationScoped
final class DescriptionPublication implements Publication {
    private static final String FILE = "openapi.json";

    private final PublicDocument document;

    DescriptionPublication() throws IOException {
        try (InputStream file = DescriptionPublication.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IOException("the build has not described /admin: run process-classes of Maven");
            }
            this.document = PublicDocument.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public List<String> paths() {
        return List.of("/admin/" + FILE);
    }

    @Override
    public PublicDocument document() {
        return document;
    }

    @Override
    public Duration maxAge() {
        return Duration.ofHours(1);
    }
}
