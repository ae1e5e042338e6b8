package io.jeton.device;

import java.util.Optional;
import java.util.UUID;

/**
 * A device that an operator enrolled with its key, before anybody saw it.
 *
 * @param owner the account it belongs to, if any
 * @param publicJwk its public key (RFC 7517), where more than the thumbprint is known
 * @param keyThumbprint RFC 7638
 * @param active whether it and its owner may act
 */
record EnrolledDevice(
        UUID id, Optional<UUID> owner, Optional<String> publicJwk, String keyThumbprint, boolean active) {}
