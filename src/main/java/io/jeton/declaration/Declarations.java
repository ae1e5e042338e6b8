package io.jeton.declaration;

import io.jeton.client.DeclaredClient;
import io.jeton.user.DeclaredAccount;
import java.util.List;

/**
 * What the file declares, and what is wrong with it.
 *
 * @param fingerprint of all that was read, referenced secrets included
 * @param problems in the order of the file; where there is one, nothing is applied
 */
record Declarations(
        String fingerprint, List<DeclaredClient> clients, List<DeclaredAccount> users, List<Problem> problems) {}
