package io.jeton.keys;

/** This replica has read its keys anew: what it signs may be signed by another one now. */
public record KeyRingRenewed() {}
