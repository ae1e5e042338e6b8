package io.jeton.device;

import io.jeton.device.registry.Device;
import io.jeton.device.registry.DeviceGrant;
import io.jeton.device.registry.DeviceState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A device as its owner sees it.
 *
 * @param title its name, or whatever else tells it from the others
 * @param client who made the software on it
 * @param claims what it says of itself
 * @param status how things stand with it, in a word
 * @param permissions what it may do; nothing where it was granted nothing that still counts
 * @param may what its owner may do with it
 * @param hasKey whether it was enrolled with a key, with which it comes back by itself
 */
public record DeviceCard(
        UUID id,
        String title,
        String client,
        List<Confirmation.Claim> claims,
        Status status,
        Sight first,
        Sight last,
        List<Confirmation.Permission> permissions,
        Choices may,
        boolean hasKey) {

    /**
     * How things stand.
     *
     * @param kind {@code good}, {@code paused} or {@code off}: how it is dressed
     * @param text what that means
     */
    public record Status(String kind, String word, String text) {}

    /** When it was there, and where. */
    public record Sight(Moment at, String from) {}

    /** What its owner may do with it. */
    public record Choices(boolean rename, boolean suspend, boolean resume, boolean revoke) {}

    /** What comes of it where its owner resumes it. */
    public String resumed() {
        return may.revoke || hasKey
                ? "Resumed, it goes on by itself."
                : "Its access was revoked. Resumed, it can be connected once more with a code.";
    }

    static DeviceCard of(Device device, String client, ScopeWords words, Instant now) {
        Device.Seen seen = device.seen();
        return new DeviceCard(
                device.id(),
                device.said().name().or(device.said()::model).orElse(client),
                client,
                Confirmation.claims(new DeviceClaims(
                        device.said().name(),
                        device.said().serial(),
                        device.said().model())),
                status(device),
                new Sight(Moment.of(seen.firstAt(), now), seen.firstFrom()),
                new Sight(Moment.of(seen.lastAt(), now), seen.lastFrom()),
                device.grant()
                        .filter(grant -> device.isConnected())
                        .map(DeviceGrant::scopes)
                        .map(words::of)
                        .orElse(List.of()),
                choices(device),
                device.keyThumbprint().isPresent());
    }

    private static Choices choices(Device device) {
        Device.Standing standing = device.standing();
        return new Choices(
                standing.state() != DeviceState.RETIRED,
                standing.state() == DeviceState.ACTIVE && device.isConnected(),
                standing.state() == DeviceState.SUSPENDED && !standing.heldByOperator(),
                device.isConnected());
    }

    private static String comesBack(Device device) {
        return device.keyThumbprint().isPresent()
                ? "It has no access now. It comes back by itself, with its key."
                : "It has no access. Connect it once more with a code.";
    }

    private static Status status(Device device) {
        Device.Standing standing = device.standing();
        return switch (standing.state()) {
            case RETIRED -> new Status("off", "Retired", "It was taken out of service for good.");
            case SUSPENDED ->
                standing.heldByOperator()
                        ? new Status("paused", "Suspended", "The operator suspended it, and alone can resume it.")
                        : new Status("paused", "Suspended", "It gets no access until you resume it.");
            case ACTIVE ->
                device.isConnected()
                        ? new Status("good", "Connected", "It may do what is listed below.")
                        : new Status("off", "Not connected", comesBack(device));
        };
    }
}
