package io.jeton.conformance;

/** The server, or the target's description, lacks what a case needs. */
final class NotOfferedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotOfferedException(String what) {
        super(what);
    }
}
