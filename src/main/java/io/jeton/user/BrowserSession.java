package io.jeton.user;

import java.time.Instant;
import java.util.UUID;

/**
 * A person who is signed in with a browser.
 *
 * @param authenticatedAt when the person gave the password
 */
public record BrowserSession(UUID id, Account account, Instant authenticatedAt) {}
