/**
 * The Token Status List (draft-ietf-oauth-status-list-17, 30 January 2026): which grants' access tokens are not valid,
 * as signed lists that verifiers fetch and keep. Rendered ahead, from the rows alone; knows neither grants nor minting.
 */
@NullMarked
package io.jeton.status;

import org.jspecify.annotations.NullMarked;
