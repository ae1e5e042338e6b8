package io.jeton.admin;

import io.jeton.client.ClientSpecification;

/** A client as a request describes it. */
public final class ClientBody {
    private ClientBody() {}

    public static ClientSpecification ofNew(JsonBody body) {
        body.ignore(ClientDocument.READ_ONLY);
        return read(body.text("id").orElse(""), body);
    }

    /** @param id the path's: a client keeps it */
    static ClientSpecification of(String id, JsonBody body) {
        body.ignore(ClientDocument.READ_ONLY);
        if (body.text("id").filter(other -> !other.equals(id)).isPresent()) {
            body.refuse("id", "must be that of the path: a client keeps it");
        }
        return read(id, body);
    }

    private static ClientSpecification read(String id, JsonBody body) {
        ClientSpecification client = ClientSpecification.read(id, body);
        body.check();
        return client;
    }
}
