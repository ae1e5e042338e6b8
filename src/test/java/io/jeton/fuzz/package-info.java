/** Requests that nobody would send, against the running service. */
package io.jeton.fuzz;
