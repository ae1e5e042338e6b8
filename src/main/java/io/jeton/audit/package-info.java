/**
 * Security-relevant events as typed records, and their log. Anyone may fire one; this package knows nobody.
 */
@NullMarked
package io.jeton.audit;

import org.jspecify.annotations.NullMarked;
