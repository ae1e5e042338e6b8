package io.jeton.admin;

import io.jeton.device.fleet.BulkAction;
import io.jeton.device.fleet.BulkOrder;
import io.jeton.device.registry.DeviceSelector;
import io.smallrye.mutiny.Uni;

/**
 * A bulk revocation that somebody asks for.
 *
 * @param max how many devices it may concern at the most
 * @param dryRun whether nothing shall be done but to look
 */
record BulkBody(BulkOrder order, long max, boolean dryRun) {
    private static final int PER_SECOND = 100;

    /** Fails with a {@link ProblemException} that names all that is wrong. */
    static Uni<BulkBody> read(JsonBody body, DeviceFilter filter) {
        Said said = Said.by(body);
        BulkAction action = said.word("action", BulkAction.class).orElse(BulkAction.REVOKE);
        int perSecond = body.number("per-second").orElse(PER_SECOND);
        if (perSecond < 1 || perSecond > BulkOrder.FASTEST) {
            body.refuse("per-second", "must be 1 to " + BulkOrder.FASTEST);
        }
        long max = body.number("max").map(Integer::longValue).orElse(Long.MAX_VALUE);
        if (max < 1) {
            body.refuse("max", "must be at least 1");
        }
        String reason = Reason.of(body);
        boolean dryRun = body.flag("dry-run").orElse(true);
        return filter.read(Said.by(body.within("selector"))).map(selector -> {
            body.check();
            if (selector.equals(DeviceSelector.ALL)) {
                body.refuse("selector", "must say which devices: it is empty");
            }
            body.check();
            return new BulkBody(new BulkOrder(selector, action, perSecond, reason), max, dryRun);
        });
    }
}
