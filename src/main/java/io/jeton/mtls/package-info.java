/**
 * Mutual TLS (RFC 8705): which certificate a request was sent with, by the listener itself or by the word of a proxy
 * (RFC 9440), who issued it and whom it names. Knows neither clients nor tokens.
 */
@NullMarked
package io.jeton.mtls;

import org.jspecify.annotations.NullMarked;
