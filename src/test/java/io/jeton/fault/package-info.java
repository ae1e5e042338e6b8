/** Faults that happen: lost answers, thieves, a database that is killed. Seeded; larger with {@code -Dfault.…}. */
@NullMarked
package io.jeton.fault;

import org.jspecify.annotations.NullMarked;
