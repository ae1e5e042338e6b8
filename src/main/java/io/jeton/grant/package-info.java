/**
 * The contract of the token endpoint: a grant turns a request into an authorization or a refusal (RFC 6749 §1.3).
 * No HTTP and no storage of its own: a grant that consumes a one-time code passes its transaction on.
 */
@NullMarked
package io.jeton.grant;

import org.jspecify.annotations.NullMarked;
