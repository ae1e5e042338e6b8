package io.jeton.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person is shown before deciding.
 *
 * @param request the sealed id of the device authorization
 * @param claims what the device says of itself
 * @param approvable whether this person may approve it, or only deny
 */
public record Confirmation(
        String request,
        String userCode,
        String client,
        List<Claim> claims,
        String address,
        String age,
        List<Permission> permissions,
        boolean approvable) {

    /** Something a device says of itself. */
    public record Claim(String label, String value) {}

    /**
     * A scope.
     *
     * @param text what it means, or the scope itself where nobody has said
     * @param described whether the text is words and not the scope
     */
    public record Permission(String text, boolean described) {}

    static List<Claim> claims(DeviceClaims said) {
        List<Claim> claims = new ArrayList<>();
        said.name().ifPresent(name -> claims.add(new Claim("Name", name)));
        said.model().ifPresent(model -> claims.add(new Claim("Model", model)));
        said.serial().ifPresent(serial -> claims.add(new Claim("Serial number", serial)));
        return claims;
    }

    /** How long ago, in the words of somebody who looks at a watch. */
    static String age(Duration age) {
        long minutes = age.toMinutes();
        if (age.toSeconds() < 10) {
            return "just now";
        }
        if (minutes < 1) {
            return age.toSeconds() + " seconds ago";
        }
        return minutes == 1 ? "1 minute ago" : minutes + " minutes ago";
    }
}
