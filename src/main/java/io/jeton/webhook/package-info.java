/**
 * Webhooks: what receivers asked to be told of is pushed to them as Security Event Tokens (RFC 8417, RFC 8935), signed
 * with the keys that sign tokens, at least once. Knows events by the audit trail alone, not who fires them.
 */
@NullMarked
package io.jeton.webhook;

import org.jspecify.annotations.NullMarked;
