package io.jeton.client;

import org.jspecify.annotations.Nullable;

/**
 * The secrets of one client, as its row holds them.
 *
 * @param hash null where it has none
 * @param sealed the secret itself, where it signs with it
 * @param former the one before it, while both count
 */
record HeldSecrets(@Nullable String hash, byte @Nullable [] sealed, Client.@Nullable FormerSecret former) {
    static final HeldSecrets NONE = new HeldSecrets(null, null, null);

    HeldSecrets withoutFormer() {
        return new HeldSecrets(hash, sealed, null);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "HeldSecrets[]";
    }
}
