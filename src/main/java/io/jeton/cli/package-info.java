/**
 * The command line: what operators do who have the database and the key-encryption key, and need no token. The same
 * artifact with arguments; it serves nothing and runs no job. Rules and words are those of the admin API and its services.
 * Nobody imports this package.
 *
 * <p>Commands are described by {@link io.jeton.cli.Grammar}, before anything starts, and carried out by beans that implement
 * {@link io.jeton.cli.Commands}.
 */
@NullMarked
package io.jeton.cli;

import org.jspecify.annotations.NullMarked;
