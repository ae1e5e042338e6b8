/**
 * Fleets: taking back many devices at once, and enrolling many that nobody approves. Knows the registry, and no device
 * grant: what is enrolled here asks for its tokens elsewhere.
 */
@NullMarked
package io.jeton.device.fleet;

import org.jspecify.annotations.NullMarked;
