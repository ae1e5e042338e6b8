/** Faults that happen: lost answers, thieves, killed processes, a database that is away. Seeded; the profile {@code faults} plays them at length. */
@NullMarked
package io.jeton.fault;

import org.jspecify.annotations.NullMarked;
