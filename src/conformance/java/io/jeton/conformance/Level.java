package io.jeton.conformance;

/** How binding a behaviour is. */
public enum Level {
    /** The specification says MUST, REQUIRED or SHALL, or states as a fact what a server does. */
    MUST,
    /** The specification says SHOULD or RECOMMENDED. */
    SHOULD,
    /** No specification demands it; devices and their operators are better off with it. */
    PRACTICE
}
