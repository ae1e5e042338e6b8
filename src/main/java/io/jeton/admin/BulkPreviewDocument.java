package io.jeton.admin;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.jeton.device.fleet.BulkPreview;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a dry run found. */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "BulkPreview", description = "What a bulk revocation would do, had it begun now.")
record BulkPreviewDocument(
        @Schema(description = "How many devices there is something to do to.")
        long matched,

        @Schema(description = "A few of them.") List<DeviceDocument> sample) {

    static BulkPreviewDocument of(BulkPreview preview) {
        return new BulkPreviewDocument(
                preview.matched(),
                preview.sample().stream().map(DeviceDocument::of).toList());
    }
}
