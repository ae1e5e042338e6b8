package io.jeton.user;

import java.util.UUID;

/** A person who may sign in. */
public record Account(UUID id, String name) {}
