/**
 * Checks any OAuth 2.0 authorization server for devices against the specifications, by its discovery URL. Nothing here
 * knows Jeton.
 */
@NullMarked
package io.jeton.conformance;

import org.jspecify.annotations.NullMarked;
