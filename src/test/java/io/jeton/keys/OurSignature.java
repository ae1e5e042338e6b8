package io.jeton.keys;

import io.quarkus.arc.Arc;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Signs by the key of the service under test what the service would not. */
public final class OurSignature {
    private OurSignature() {}

    public static String kid() {
        return signer().kid();
    }

    public static String of(Map<String, Object> header, String payload) {
        try {
            JsonWebSignature jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            jws.setAlgorithmHeaderValue("ES256");
            header.forEach((name, value) -> jws.getHeaders().setObjectHeaderValue(name, value));
            jws.setPayload(payload);
            jws.setKey(signer().key());
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyRing.Signer signer() {
        return Arc.container().instance(CurrentKeyRing.class).get().get().signer(KeyAlgorithm.ES256);
    }
}
