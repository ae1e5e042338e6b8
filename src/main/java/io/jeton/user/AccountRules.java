package io.jeton.user;

import io.jeton.crypto.PasswordHash;
import io.jeton.managed.Violation;
import io.jeton.managed.Violations;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an account must be like: one set of rules, wherever its description comes from. Without I/O. */
public final class AccountRules {
    private static final int LEAST_PASSWORD = 8;
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9:_-]{0,49}");

    private AccountRules() {}

    /** All that is wrong with a description that comes with its password, or with the hash of it. */
    public static List<Violation> violations(DeclaredAccount account) {
        Violations found = check(account.specification());
        Optional<String> hash = account.passwordHash();
        boolean both = account.password().isPresent() && hash.isPresent();
        found.require(!both, "password", "and password-hash must not be given both");
        if (hash.isEmpty()) {
            checkPassword(found, account.password().orElse(""));
        } else {
            found.require(
                    hash.filter(PasswordHash::isSound).isPresent(),
                    "password-hash",
                    "must be pbkdf2-sha256$iterations$salt$hash, of 100000 iterations and more");
        }
        return found.found();
    }

    /** All that is wrong with a description alone. */
    public static List<Violation> violations(AccountSpecification account) {
        return check(account).found();
    }

    public static List<Violation> ofPassword(String password) {
        Violations found = new Violations();
        checkPassword(found, password);
        return found.found();
    }

    private static Violations check(AccountSpecification account) {
        Violations found = new Violations();
        String name = account.name();
        found.require(
                !name.isBlank()
                        && name.equals(name.strip())
                        && name.length() <= Credentials.LONGEST_NAME
                        && name.chars().noneMatch(Character::isISOControl),
                "name",
                "must be of 1 to 100 characters, with no space before or after them, and no control characters");
        found.require(
                account.roles().size() <= 20 && account.roles().stream().allMatch(ROLE.asMatchPredicate()),
                "roles",
                "must be at most 20, each of 1 to 50 small letters, digits, colons, hyphens and underscores,"
                        + " a letter first");
        return found;
    }

    private static void checkPassword(Violations found, String password) {
        found.require(
                password.length() >= LEAST_PASSWORD && password.length() <= Credentials.LONGEST_PASSWORD,
                "password",
                "must have at least 8 characters, and at most 1024");
    }
}
