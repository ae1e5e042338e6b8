package io.jeton.conformance;

import java.time.Duration;
import java.util.Optional;

/**
 * The server, and what is registered there for the kit.
 *
 * @param issuer the URL that discovery starts from
 * @param device a public client that may use the device grant and refresh
 * @param other another public client with the same grants, for what must not cross clients
 * @param service a confidential client that authenticates by Basic and may use client credentials
 * @param scope what the device asks for; two values at least, so that it can be narrowed
 * @param person who approves
 * @param signers who signs assertions
 * @param patience how long a case may wait for a code to end
 */
public record Target(
        String issuer,
        String device,
        Optional<String> other,
        Optional<Service> service,
        String scope,
        Optional<Person> person,
        Signers signers,
        Duration patience) {

    /** Codes that live longer are not waited for, where nothing else is said. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    public record Service(String id, String secret) {
        @Override
        public String toString() {
            return "Service[" + id + "]";
        }
    }
}
