/**
 * The admin API, {@code /admin}: what operators do with tokens of our own, scope {@code jeton:admin} or
 * {@code jeton:admin:read}. Thin: rules, transactions and the audit trail are the services'. Knows no SQL.
 *
 * <p>A new resource goes through {@link Operations}, which authenticates, limits and times out; reads its body by {@link
 * JsonBody} and its query by {@link Query}; answers by {@link Answers}; refuses by {@link ProblemException}; and says what
 * it does by annotations of OpenAPI, which a test demands.
 */
@NullMarked
package io.jeton.admin;

import org.jspecify.annotations.NullMarked;
