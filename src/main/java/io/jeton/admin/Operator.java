package io.jeton.admin;

import io.jeton.audit.Actor;

/**
 * Who operates, by a token of ours.
 *
 * @param subject the client that acts for itself, or the device that a person approved; what the trail calls the operator
 */
record Operator(String subject) {
    Actor actor() {
        return Actor.operator(subject);
    }
}
