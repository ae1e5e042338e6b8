package io.jeton.managed;

/** Who describes a thing, and so who may change it. */
public enum Source {
    /** The configuration of the service, {@code jeton.clients} and {@code jeton.accounts}. */
    CONFIGURATION,
    /** The declarations file, {@code jeton.declarations.file}. */
    DECLARATION,
    /** The admin API. */
    API
}
