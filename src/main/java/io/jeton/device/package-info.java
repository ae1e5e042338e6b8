/**
 * Devices: the device authorization grant (RFC 8628) with its verification page, and the registry of devices.
 * Sees neither the refresh token nor the token endpoint: it grants, it does not mint.
 */
@NullMarked
package io.jeton.device;

import org.jspecify.annotations.NullMarked;
