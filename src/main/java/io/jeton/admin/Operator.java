package io.jeton.admin;

import io.jeton.audit.Actor;
import io.jeton.audit.Author;
import io.jeton.device.registry.OrderedBy;

/**
 * Who operates, by a token of ours.
 *
 * @param subject the client that acts for itself, or the person who approved a device; what the trail calls the operator
 * @param from the address the request came from
 */
record Operator(String subject, String from) {
    Actor actor() {
        return Actor.operator(subject);
    }

    Author author() {
        return new Author(actor(), from);
    }

    OrderedBy orderedBy() {
        return OrderedBy.operator(subject, from);
    }
}
