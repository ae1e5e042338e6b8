/**
 * JSON Web Tokens that others send: read within bounds, verified with the algorithms and keys their reader expects (RFC
 * 8725), and presented once. Knows no endpoint and no client.
 */
@NullMarked
package io.jeton.jose;

import org.jspecify.annotations.NullMarked;
