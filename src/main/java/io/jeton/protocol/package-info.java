/**
 * The words of OAuth 2.0 and OpenID Connect: error codes, grant types, scopes, form parameters
 * (RFC 6749, RFC 8628). Depends on the JDK alone; knows neither HTTP resources nor storage.
 */
@NullMarked
package io.jeton.protocol;

import org.jspecify.annotations.NullMarked;
