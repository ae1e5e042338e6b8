/**
 * The benchmarks' commands: they start Jeton, its peer and PostgreSQL, put them under {@link io.jeton.bench.load}, and
 * print tables.
 */
@NullMarked
package io.jeton.bench;

import org.jspecify.annotations.NullMarked;
