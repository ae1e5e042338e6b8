/**
 * What is said about the database as such: which registry changed (LISTEN/NOTIFY) and whether a failure means
 * that the database is away. Knows no table's content.
 */
@NullMarked
package io.jeton.database;

import org.jspecify.annotations.NullMarked;
