/**
 * What registries that somebody manages have in common: where a thing comes from, what is wrong with a description of
 * it, and what came of a change. Knows no registry.
 */
@NullMarked
package io.jeton.managed;

import org.jspecify.annotations.NullMarked;
