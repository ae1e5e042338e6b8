/**
 * What is said about the database as such: which registry changed (LISTEN/NOTIFY), whether a failure means that the
 * database is away, that every table has a purge, how an answer is read and a whole row written, how slow work comes back to
 * the event loop. Knows no table's content.
 */
@NullMarked
package io.jeton.database;

import org.jspecify.annotations.NullMarked;
