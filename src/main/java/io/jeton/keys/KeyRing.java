package io.jeton.keys;

import io.jeton.crypto.MacKey;
import io.jeton.crypto.MacKeys;
import io.jeton.http.PublicDocument;
import io.jeton.jose.PublicJwk;
import io.jeton.jose.PublicJwkSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** All keys in force at one instant, opened and ready. Immutable: a change of keys is a new ring. */
final class KeyRing {
    private static final Logger LOG = Logger.getLogger(KeyRing.class);

    private final Map<KeyAlgorithm, Signer> signers;
    private final MacKeys macKeys;
    private final PublicDocument jwks;
    private final PublicJwkSet published;

    private KeyRing(Map<KeyAlgorithm, Signer> signers, MacKeys macKeys, PublicDocument jwks, PublicJwkSet published) {
        this.published = published;
        this.signers = signers;
        this.macKeys = macKeys;
        this.jwks = jwks;
    }

    /** @throws IllegalStateException where there is no key to sign with: a ring is never empty */
    static KeyRing of(List<StoredKey> keys, KeyCustody custody) {
        Map<KeyAlgorithm, Signer> signers = new EnumMap<>(KeyAlgorithm.class);
        List<MacKey> macKeys = new ArrayList<>();
        List<StoredKey> genuine = new ArrayList<>();
        MacKey activeMac = null;
        for (StoredKey key : keys) {
            boolean active = key.times().state() == KeyState.ACTIVE;
            KeyAlgorithm algorithm = key.times().algorithm();
            // Opened even where it signs no more or not yet: that proves the public key that goes into the JWKS.
            byte[] secret = open(key, custody);
            if (secret == null) {
                continue;
            }
            genuine.add(key);
            if (!algorithm.signs()) {
                MacKey mac = macKey(key, secret);
                macKeys.add(mac);
                activeMac = active ? mac : activeMac;
            } else if (active) {
                signers.put(algorithm, custody.signer(key, secret));
            }
        }
        if (activeMac == null || signers.size() < KeyAlgorithm.values().length - 1) {
            throw new IllegalStateException("the database holds no active key for some algorithm, or none that opens");
        }
        return new KeyRing(signers, new MacKeys(activeMac, macKeys), jwks(genuine), published(genuine));
    }

    /** Null where the row is not what we sealed: it is left out, and the others serve on. */
    private static byte @Nullable [] open(StoredKey key, KeyCustody custody) {
        try {
            return custody.open(key);
        } catch (IllegalStateException e) {
            LOG.errorf("key %s is left out: %s", key.kid(), e.getMessage());
            return null;
        }
    }

    Signer signer(KeyAlgorithm algorithm) {
        Signer signer = signers.get(algorithm);
        if (signer == null) {
            throw new IllegalArgumentException(algorithm + " does not sign");
        }
        return signer;
    }

    /** Those that sign in the HSM. */
    List<HsmSigner> hsmSigners() {
        return signers.values().stream()
                .filter(HsmSigner.class::isInstance)
                .map(HsmSigner.class::cast)
                .toList();
    }

    MacKeys macKeys() {
        return macKeys;
    }

    /** The key set as it is served (RFC 7517 §5): every published key, the coming and the retired ones too. */
    PublicDocument jwks() {
        return jwks;
    }

    /** What verifies a token of ours. */
    PublicJwkSet published() {
        return published;
    }

    private static PublicJwkSet published(List<StoredKey> keys) {
        return new PublicJwkSet(keys.stream()
                .map(StoredKey::publicJwk)
                .filter(Objects::nonNull)
                .map(PublicJwk::read)
                .toList());
    }

    private static PublicDocument jwks(List<StoredKey> keys) {
        return PublicDocument.of(keys.stream()
                .map(StoredKey::publicJwk)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    private static MacKey macKey(StoredKey key, byte[] secret) {
        @Nullable Integer version = key.macVersion();
        if (version == null) {
            throw new IllegalStateException("a MAC secret without a version");
        }
        return new MacKey(version, secret);
    }
}
