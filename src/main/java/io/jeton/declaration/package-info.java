/**
 * The declarations file: clients and users as YAML, read whole, judged whole by the rules of their registries, and
 * applied in one transaction at start and whenever it changes. Writes no row itself.
 */
@NullMarked
package io.jeton.declaration;

import org.jspecify.annotations.NullMarked;
