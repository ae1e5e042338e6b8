/**
 * The registry of devices: what there is, and suspending, resuming, retiring, revoking and renaming one of them. A device
 * outlives its tokens. Knows neither how a device was approved nor what a page or an operator's interface looks like.
 */
@NullMarked
package io.jeton.device.registry;

import org.jspecify.annotations.NullMarked;
