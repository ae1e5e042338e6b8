/**
 * Running the service: the clock, the check at start, the purge of what has ended. May use any other package; none
 * uses this one.
 */
@NullMarked
package io.jeton.ops;

import org.jspecify.annotations.NullMarked;
