/**
 * The edge: every failure becomes the error document of RFC 6749 §5.2 here, and nothing internal leaks into it; who
 * asks, how long a request may take, and documents that anyone may cache. Knows the words of the protocol, not what an
 * endpoint does.
 */
@NullMarked
package io.jeton.http;

import org.jspecify.annotations.NullMarked;
