package io.jeton.refresh;

import java.util.Optional;
import java.util.UUID;

/** Which grants: those that fit everything that is said. */
public record GrantSelector(Optional<UUID> device, Optional<UUID> account, Optional<String> client) {}
