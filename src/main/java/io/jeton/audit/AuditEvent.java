package io.jeton.audit;

/**
 * Something a security review will ask about. Names rows by their ids; never holds a token, a code or a secret.
 *
 * @param type what happened, for example {@code refresh_token.reuse}
 * @param client the {@code client_id}
 * @param subject the row it happened to
 */
public record AuditEvent(String type, String client, String subject) {}
