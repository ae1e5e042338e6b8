package io.jeton.keys;

/** Signs with one key. */
interface Signer {
    String kid();

    /** @throws io.jeton.protocol.OAuthException where it cannot now, but may later */
    byte[] sign(byte[] input);

    /** Whether it can, as far as is known. */
    boolean isReady();

    /** Whether signing waits for something else: call it on a worker thread. */
    boolean isSlow();
}
