/**
 * The audit trail: every security-relevant event as one typed record, one line of the log and one row of a table that
 * is only ever appended to. Anyone may fire one; this package knows nobody who does.
 */
@NullMarked
package io.jeton.audit;

import org.jspecify.annotations.NullMarked;
