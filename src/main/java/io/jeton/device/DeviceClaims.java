package io.jeton.device;

import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Optional;

/** What a device says of itself: shown to the person as a claim, never trusted. */
public record DeviceClaims(Optional<String> name, Optional<String> serial, Optional<String> model) {
    private static final int LONGEST = 100;

    static DeviceClaims of(FormParameters form) {
        return new DeviceClaims(claim(form, "device_name"), claim(form, "device_serial"), claim(form, "device_model"));
    }

    /** As a row of table {@code device_authorization} has them. */
    static DeviceClaims of(Row row) {
        return new DeviceClaims(
                Optional.ofNullable(row.getString("device_name")),
                Optional.ofNullable(row.getString("device_serial")),
                Optional.ofNullable(row.getString("device_model")));
    }

    private static Optional<String> claim(FormParameters form, String name) {
        Optional<String> claim = form.get(name).map(String::strip).filter(text -> !text.isEmpty());
        if (claim.filter(text -> text.length() > LONGEST).isPresent()) {
            throw OAuthException.invalidRequest("the parameter " + name + " is longer than 100 characters");
        }
        return claim;
    }
}
