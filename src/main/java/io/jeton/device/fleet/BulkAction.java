package io.jeton.device.fleet;

import io.jeton.device.registry.RegistryAudit;

/** What is done to each device of a bulk revocation. */
public enum BulkAction {
    /** What it was granted ends. */
    REVOKE(RegistryAudit.Act.REVOKE, "true", "t.id is not null and t.revoked_at is null"),
    /** It gets no tokens until it is resumed, and its owner cannot resume it. */
    SUSPEND(
            RegistryAudit.Act.SUSPEND,
            "(d.state = 'ACTIVE' or (d.state = 'SUSPENDED' and d.state_changed_by = 'OWNER'))",
            "true"),
    /** It is gone for good, and with it what it was granted. */
    RETIRE(RegistryAudit.Act.RETIRE, "d.state <> 'RETIRED'", "true");

    private final RegistryAudit.Act act;
    private final String device;
    private final String grant;

    BulkAction(RegistryAudit.Act act, String device, String grant) {
        this.act = act;
        this.device = device;
        this.grant = grant;
    }

    RegistryAudit.Act act() {
        return act;
    }

    /** Which devices there is something to do to: what a count counts is what is done. */
    String ofDevice() {
        return device;
    }

    /** The same, of device and grant together. */
    String ofGrant() {
        return grant;
    }
}
