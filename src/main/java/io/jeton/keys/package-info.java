/**
 * Signing keys and MAC secrets: their schedule (published before use, kept after), the ring of keys each replica
 * holds in memory, the signer and the JWKS (RFC 7517). Knows nothing of what it signs.
 */
@NullMarked
package io.jeton.keys;

import org.jspecify.annotations.NullMarked;
