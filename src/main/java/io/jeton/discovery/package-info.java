/**
 * Who we are: the issuer, and the provider metadata of RFC 8414 and OpenID Connect Discovery. The endpoints
 * contribute their own part, so that nothing is announced which is not there. Knows none of them.
 */
@NullMarked
package io.jeton.discovery;

import org.jspecify.annotations.NullMarked;
