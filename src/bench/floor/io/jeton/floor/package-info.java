/** What a refresh cannot do without, each by itself; compiled in for benchmarks alone. */
@NullMarked
package io.jeton.floor;

import org.jspecify.annotations.NullMarked;
