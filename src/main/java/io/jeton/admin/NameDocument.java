package io.jeton.admin;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** For the description alone: what renames a device. */
@Schema(name = "DeviceName", description = "What of a device can be changed.")
record NameDocument(
        @Schema(description = "1 to 100 characters.", examples = "Kettle in the lab")
        String name) {}
