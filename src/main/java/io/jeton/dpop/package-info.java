/**
 * Demonstrating Proof of Possession (RFC 9449): a request shows that its sender holds a private key. Knows neither clients nor
 * tokens: who asks gets the thumbprint of the key.
 */
@NullMarked
package io.jeton.dpop;

import org.jspecify.annotations.NullMarked;
