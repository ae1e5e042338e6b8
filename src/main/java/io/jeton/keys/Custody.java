package io.jeton.keys;

/** Where a key's secret lives. */
enum Custody {
    /** In its row, sealed. */
    DATABASE,
    /** In a hardware security module, which never gives it away; the row holds its label, sealed. */
    HSM
}
