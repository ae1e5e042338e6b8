package io.jeton.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is registered at the server and signs, from the kit's file.
 *
 * @param privateKey a client of {@code private_key_jwt} that may use client credentials
 * @param secret a client of {@code client_secret_jwt} that may use client credentials
 * @param grant who signs for tokens by the JWT bearer grant
 */
public record Signers(Optional<Signer> privateKey, Optional<Signer> secret, Optional<Signer> grant) {
    static final Signers NONE = new Signers(Optional.empty(), Optional.empty(), Optional.empty());

    private static final String PRIVATE_KEY = "private_key_jwt";
    private static final String SECRET = "client_secret_jwt";
    private static final String GRANT = "jwt_bearer";

    /** @throws IllegalArgumentException with what is wrong; never with a key or a secret */
    public static Signers read(String text) {
        JsonNode file = parse(text);
        List<String> names = new ArrayList<>();
        file.fieldNames().forEachRemaining(names::add);
        if (!file.isObject() || !Set.of(PRIVATE_KEY, SECRET, GRANT).containsAll(names)) {
            throw new IllegalArgumentException(
                    "the file of --signers is an object of " + PRIVATE_KEY + ", " + SECRET + " and " + GRANT);
        }
        return new Signers(read(file, PRIVATE_KEY), read(file, SECRET), read(file, GRANT));
    }

    private static Optional<Signer> read(JsonNode file, String name) {
        return file.has(name) ? Optional.of(Signer.read(name, file.path(name))) : Optional.empty();
    }

    private static JsonNode parse(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            // Its message quotes the file.
            throw new IllegalArgumentException("the file of --signers is no JSON");
        }
    }
}
