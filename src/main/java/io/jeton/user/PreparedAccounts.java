package io.jeton.user;

import java.util.List;
import java.util.Map;

/**
 * Declared accounts whose passwords are hashed.
 *
 * @param seen the hashes that were there when it was decided which of them fit
 * @param hashes the hashes that are to be there
 */
public record PreparedAccounts(
        List<AccountSpecification> accounts, Map<String, String> seen, Map<String, String> hashes) {
    /** Without the hashes. */
    @Override
    public String toString() {
        return "PreparedAccounts[" + accounts.size() + "]";
    }
}
