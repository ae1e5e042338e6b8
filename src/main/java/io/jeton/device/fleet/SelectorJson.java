package io.jeton.device.fleet;

import io.jeton.device.registry.DeviceSelector;
import io.jeton.device.registry.DeviceState;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/** A selector as it lies in the table. */
final class SelectorJson {
    private SelectorJson() {}

    static JsonObject write(DeviceSelector selector) {
        JsonObject json = new JsonObject();
        selector.client().ifPresent(client -> json.put("client", client));
        selector.model().ifPresent(model -> json.put("model", model));
        selector.serial().ifPresent(serial -> json.put("serial", serial));
        selector.serialPrefix().ifPresent(prefix -> json.put("serial_prefix", prefix));
        selector.owner().ifPresent(owner -> json.put("owner", owner.toString()));
        selector.state().ifPresent(state -> json.put("state", state.name()));
        selector.seenBefore().ifPresent(at -> json.put("seen_before", at));
        selector.seenAfter().ifPresent(at -> json.put("seen_after", at));
        return json;
    }

    static DeviceSelector read(JsonObject json) {
        return new DeviceSelector(
                Optional.ofNullable(json.getString("client")),
                Optional.ofNullable(json.getString("model")),
                Optional.ofNullable(json.getString("serial")),
                Optional.ofNullable(json.getString("serial_prefix")),
                Optional.ofNullable(json.getString("owner")).map(UUID::fromString),
                Optional.ofNullable(json.getString("state")).map(DeviceState::valueOf),
                Optional.ofNullable(json.getInstant("seen_before")),
                Optional.ofNullable(json.getInstant("seen_after")));
    }
}
