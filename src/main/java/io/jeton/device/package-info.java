/**
 * Devices and their people: the device authorization grant (RFC 8628) with its verification page, the grant of enrolled
 * devices (RFC 7523), and a person's own devices. What devices there are is the business of {@code registry}, many at once
 * that of {@code fleet}. It grants, it does not mint: refresh tokens are opened and ended by the contract of {@code grant}.
 */
@NullMarked
package io.jeton.device;

import org.jspecify.annotations.NullMarked;
