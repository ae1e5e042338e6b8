/**
 * The error edge: every failure becomes the error document of RFC 6749 §5.2 here, and nothing internal leaks
 * into it. Knows the words of the protocol, not what an endpoint does.
 */
@NullMarked
package io.jeton.http;

import org.jspecify.annotations.NullMarked;
