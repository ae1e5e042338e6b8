package io.jeton.device;

/**
 * What every page has around its content.
 *
 * @param base the issuer's path, with which every link begins
 * @param csrf the hidden field of its forms
 * @param person who is signed in; empty where nobody is
 */
public record PageFrame(String base, String csrf, String person) {}
