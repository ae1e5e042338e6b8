package io.jeton.device.fleet;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Keys that devices have. */
final class TestKeys {
    private TestKeys() {}

    static PublicJsonWebKey ec() {
        return made(() -> EcJwkGenerator.generateJwk(EllipticCurves.P256));
    }

    static PublicJsonWebKey p384() {
        return made(() -> EcJwkGenerator.generateJwk(EllipticCurves.P384));
    }

    static PublicJsonWebKey ed25519() {
        return made(() -> OkpJwkGenerator.generateJwk("Ed25519"));
    }

    static PublicJsonWebKey rsa(int bits) {
        return made(() -> RsaJwkGenerator.generateJwk(bits));
    }

    static String json(PublicJsonWebKey key) {
        return key.toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    static String thumbprint(PublicJsonWebKey key) {
        return made(() -> key.calculateBase64urlEncodedThumbprint("SHA-256"));
    }

    /** As a CSV field. */
    static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private interface Maker<T> {
        T make() throws JoseException;
    }

    private static <T> T made(Maker<T> maker) {
        try {
            return maker.make();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
