package io.jeton.device;

import java.util.List;

/** What a person is told at the end. */
final class Notices {
    static final Notice NO_DECISION =
            new Notice("problem", "That did not arrive intact", "Nothing was decided.", "Start again");
    static final Notice TOO_LATE = new Notice(
            "problem",
            "This request is over",
            "It was decided before, or its code has expired. If your device shows a new code, enter that one.",
            "Enter a code");
    static final Notice FOR_ADMINISTRATORS = new Notice(
            "problem",
            "An administrator must approve this",
            "This request asks for the administration of the service. Your account may not approve that. It still"
                    + " waits: an administrator can enter its code.",
            "Enter a code");
    private static final String ANOTHER = "Connect another device";

    private Notices() {}

    static Notice approved(String client) {
        return new Notice(
                "good",
                "Approved",
                client + " will notice in a few seconds. You can close this page.",
                List.of(
                        new Notice.Link("/devices?done=approved", "See your devices"),
                        new Notice.Link("/device", ANOTHER)));
    }

    static Notice denied(String client) {
        return new Notice("stop", "Denied", client + " gets no access. There is nothing else you need to do.", ANOTHER);
    }
}
