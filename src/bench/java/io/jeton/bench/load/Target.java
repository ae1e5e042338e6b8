package io.jeton.bench.load;

import java.net.URI;

/**
 * What is put under load.
 *
 * @param device a public client that may use the device grant and refresh
 * @param service a confidential client that authenticates by Basic and may use client credentials and introspection
 * @param scope what the device asks for
 */
public record Target(Provider provider, String device, Service service, String scope, Approver approver) {

    public record Service(String id, String secret) {
        @Override
        public String toString() {
            return "Service[" + id + "]";
        }
    }

    /** A person who approves a code; blocks until that is done. */
    public interface Approver {
        void approve(URI verificationUriComplete) throws Exception;
    }
}
