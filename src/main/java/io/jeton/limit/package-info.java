/**
 * How much one address, client or account may ask for: token buckets in the memory of each replica, so that a flood costs
 * nothing but its refusal. What must hold over all replicas, guesses above all, is counted in the database by whoever
 * takes them. Knows no endpoint.
 */
@NullMarked
package io.jeton.limit;

import org.jspecify.annotations.NullMarked;
