package io.jeton.limit;

/** What is limited, and by whom it is counted. */
public enum Limit {
    DEVICE_AUTHORIZATION_PER_ADDRESS,
    DEVICE_AUTHORIZATION_PER_CLIENT,
    TOKENS_PER_CLIENT,
    FAILURES_PER_ADDRESS,
    FORMS_PER_ADDRESS,
    FORMS_PER_ACCOUNT,
    ADMIN_PER_OPERATOR
}
