/**
 * People: accounts and the services by which they are declared and managed, passwords, the browser session, and what a
 * guesser may still try. Knows nothing of clients and tokens, and of devices only that they go with their owner.
 */
@NullMarked
package io.jeton.user;

import org.jspecify.annotations.NullMarked;
