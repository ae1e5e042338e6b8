/**
 * The refresh token: one row for its whole life, its confirm-on-use rotation, its grant (RFC 6749 §6) and
 * revocation on reuse (RFC 9700 §4.14). Knows neither devices' approval nor minting.
 */
@NullMarked
package io.jeton.refresh;

import org.jspecify.annotations.NullMarked;
