/**
 * People: accounts, passwords, the browser session and what a guesser may still try.
 * Knows nothing of clients, devices or tokens.
 */
@NullMarked
package io.jeton.user;

import org.jspecify.annotations.NullMarked;
