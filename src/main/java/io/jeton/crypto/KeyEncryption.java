package io.jeton.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sealing at rest: AES-256-GCM under a key-encryption key from outside the database. A sealed value is format (1 byte),
 * fingerprint of the key-encryption key (4), nonce (12), ciphertext with its tag.
 */
public final class KeyEncryption {
    private static final byte FORMAT = 1;
    private static final int FINGERPRINT_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + FINGERPRINT_BYTES + NONCE_BYTES;

    private final Randomness randomness;
    /** The first seals, all open. */
    private volatile List<Key> keys;

    /**
     * @param current 32 bytes; seals and opens
     * @param previous keys that only open, until all is sealed anew
     */
    public KeyEncryption(Randomness randomness, byte[] current, List<byte[]> previous) {
        this.randomness = randomness;
        this.keys = keys(current, previous);
    }

    /** Takes other keys from now on. */
    public void renew(byte[] current, List<byte[]> previous) {
        keys = keys(current, previous);
    }

    private static List<Key> keys(byte[] current, List<byte[]> previous) {
        return Stream.concat(Stream.of(current), previous.stream()).map(Key::of).toList();
    }

    /** The id of the key that seals: its fingerprint, which says nothing of the key. */
    public String currentId() {
        return keys.get(0).id();
    }

    /** The ids of the keys that only open. */
    public List<String> formerIds() {
        String current = currentId();
        return keys.stream()
                .map(Key::id)
                .distinct()
                .filter(id -> !id.equals(current))
                .toList();
    }

    /** The id of the key that sealed a value. */
    public static String idOf(byte[] sealed) {
        return HexFormat.of().formatHex(sealed, 1, 1 + FINGERPRINT_BYTES);
    }

    /** @param context what is sealed; opening it under another context fails, so that rows cannot be swapped */
    public byte[] seal(byte[] plain, String context) {
        Key current = keys.get(0);
        byte[] nonce = randomness.bytes(NONCE_BYTES);
        byte[] ciphertext = crypt(Cipher.ENCRYPT_MODE, current, nonce, context, plain);
        return ByteBuffer.allocate(HEADER_BYTES + ciphertext.length)
                .put(FORMAT)
                .put(current.fingerprint)
                .put(nonce)
                .put(ciphertext)
                .array();
    }

    /** @throws IllegalStateException where no configured key opens it, or it was sealed as something else */
    public byte[] open(byte[] sealed, String context) {
        if (sealed.length < HEADER_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != FORMAT) {
            throw new IllegalStateException("a stored key has an unknown form");
        }
        String id = idOf(sealed);
        Key key = keys.stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("it is sealed under key-encryption key " + id
                        + ", which is not configured: name it in jeton.keys.previous-encryption-keys"));
        byte[] nonce = Arrays.copyOfRange(sealed, 1 + FINGERPRINT_BYTES, HEADER_BYTES);
        return crypt(Cipher.DECRYPT_MODE, key, nonce, context, Arrays.copyOfRange(sealed, HEADER_BYTES, sealed.length));
    }

    /** The same value, sealed by the key that seals now. */
    public byte[] sealAnew(byte[] sealed, String context) {
        return seal(open(sealed, context), context);
    }

    private static byte[] crypt(int mode, Key key, byte[] nonce, String context, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key.secret, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored key cannot be opened: it was sealed as something else", e);
        }
    }

    private static final class Key {
        private final SecretKey secret;
        private final byte[] fingerprint;

        private Key(SecretKey secret, byte[] fingerprint) {
            this.secret = secret;
            this.fingerprint = fingerprint;
        }

        String id() {
            return HexFormat.of().formatHex(fingerprint);
        }

        static Key of(byte[] bytes) {
            if (bytes.length != 32) {
                throw new IllegalArgumentException("a key-encryption key has 32 bytes");
            }
            try {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                sha256.update("jeton key-encryption key".getBytes(StandardCharsets.US_ASCII));
                byte[] fingerprint = Arrays.copyOf(sha256.digest(bytes), FINGERPRINT_BYTES);
                return new Key(new SecretKeySpec(bytes, "AES"), fingerprint);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }
}
