package io.jeton.keys;

/** The life of a key: published before it signs, kept after it stops. */
enum KeyState {
    /** Published, does not sign yet: verifiers learn of it. */
    PENDING,
    /** Signs. */
    ACTIVE,
    /** Signs no more, still verifies what it signed. */
    RETIRED
}
