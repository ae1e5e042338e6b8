package io.jeton.device.fleet;

import io.jeton.device.registry.DeviceName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A device that shall be enrolled.
 *
 * @param number the line it stands in
 * @param owner the name of the account whose device it is, if somebody's
 */
record EnrolmentLine(
        int number,
        String serial,
        Optional<String> model,
        Optional<String> name,
        Optional<String> owner,
        DeviceKey key) {
    static final String JWK = "public_jwk";
    static final String THUMBPRINT = "key_thumbprint";
    static final Set<String> COLUMNS = Set.of("serial", "model", "name", "owner", JWK, THUMBPRINT);
    private static final int LONGEST = DeviceName.LONGEST;

    /** @throws BadLineException where a field is missing or is not what it should be */
    static EnrolmentLine of(int number, Map<String, String> fields, Optional<DeviceKey> key) {
        Optional<DeviceKey> thumbprint =
                Optional.ofNullable(fields.get(THUMBPRINT)).map(DeviceKey::ofThumbprint);
        if (key.isPresent()
                && thumbprint.isPresent()
                && !key.get().thumbprint().equals(thumbprint.get().thumbprint())) {
            throw new BadLineException("key_thumbprint is not the thumbprint of public_jwk");
        }
        return new EnrolmentLine(
                number,
                text(fields, "serial").orElseThrow(() -> new BadLineException("serial is missing")),
                text(fields, "model"),
                text(fields, "name"),
                text(fields, "owner"),
                key.or(() -> thumbprint)
                        .orElseThrow(() -> new BadLineException("public_jwk or key_thumbprint is missing")));
    }

    /** Whether both say the same of the same device. */
    boolean isSameAs(EnrolmentLine other) {
        return serial.equals(other.serial)
                && model.equals(other.model)
                && name.equals(other.name)
                && owner.equals(other.owner)
                && key.thumbprint().equals(other.key.thumbprint());
    }

    private static Optional<String> text(Map<String, String> fields, String name) {
        String text = fields.get(name);
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(DeviceName.parse(text)
                .map(DeviceName::text)
                .orElseThrow(() -> new BadLineException(
                        name + " must have 1 to " + LONGEST + " characters, none of them a control character")));
    }
}
