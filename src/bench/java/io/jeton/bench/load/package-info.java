/**
 * A load driver for any provider: it knows a discovery URL, a client, and how a person approves a code, and nothing of
 * what serves them.
 */
@NullMarked
package io.jeton.bench.load;

import org.jspecify.annotations.NullMarked;
