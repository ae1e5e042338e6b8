/**
 * Demo mode: the service on an embedded PostgreSQL, with something to try. Not part of the production artifact; the
 * embedded server is durable all the same, and serves the tests too.
 */
@NullMarked
package io.jeton.demo;

import org.jspecify.annotations.NullMarked;
