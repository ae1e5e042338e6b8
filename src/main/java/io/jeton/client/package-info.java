/**
 * Registered clients: the rules and services by which they are managed, the in-memory registry, their authentication at
 * the endpoints (RFC 6749 §2.3), and their declaration in the configuration. Knows nothing of grants or tokens.
 */
@NullMarked
package io.jeton.client;

import org.jspecify.annotations.NullMarked;
