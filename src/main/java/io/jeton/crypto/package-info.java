/**
 * Sealed opaque tokens, sealing at rest, password and secret hashes, randomness: the only home of
 * {@code SecureRandom}, {@code Mac} and {@code Cipher}. Works on plain values and knows no table and no endpoint.
 */
@NullMarked
package io.jeton.crypto;

import org.jspecify.annotations.NullMarked;
