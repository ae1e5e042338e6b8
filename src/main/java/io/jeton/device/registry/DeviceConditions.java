package io.jeton.device.registry;

import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A selector as conditions of SQL. Only what is asked stands in the statement: a plan for every question at once would
 * use no index. Pure.
 */
public final class DeviceConditions {
    /** When a device was seen last: {@code d} is the device, {@code t} its grant, if any. */
    static final String LAST_SEEN = "greatest(d.first_seen_at, t.issued_at)";

    private final List<String> ofDevice = new ArrayList<>();
    private final List<String> ofSeen = new ArrayList<>();
    private final Tuple parameters = Tuple.tuple();

    public static DeviceConditions of(DeviceSelector selector) {
        DeviceConditions conditions = new DeviceConditions();
        selector.client().ifPresent(client -> conditions.device("d.client_id = ", client));
        selector.model().ifPresent(model -> conditions.device("d.model = ", model));
        selector.serial().ifPresent(serial -> conditions.device("d.serial collate \"C\" = ", serial));
        selector.serialPrefix().ifPresent(conditions::prefix);
        selector.owner().ifPresent(owner -> conditions.device("d.account_id = ", owner));
        selector.state().ifPresent(state -> conditions.ofDevice.add("d.state = '" + state.name() + "'"));
        selector.seenBefore().ifPresent(at -> conditions.seen(" < ", at));
        selector.seenAfter().ifPresent(at -> conditions.seen(" >= ", at));
        return conditions;
    }

    /** Adds a parameter; what stands for it in the statement. */
    public String bind(Object value) {
        parameters.addValue(value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
        return "$" + parameters.size();
    }

    public void device(String condition, Object value) {
        ofDevice.add(condition + bind(value));
    }

    /** Adds a condition that has no parameter. */
    public void device(String condition) {
        ofDevice.add(condition);
    }

    /** What the row of table {@code device} must fulfil. */
    public String ofDevice() {
        return ofDevice.isEmpty() ? "true" : String.join(" and ", ofDevice);
    }

    /** What device and grant together must fulfil. */
    public String ofSeen() {
        return ofSeen.isEmpty() ? "true" : String.join(" and ", ofSeen);
    }

    public Tuple parameters() {
        return parameters;
    }

    /** Adds a condition on device and grant together, without a parameter. */
    public void seen(String condition) {
        ofSeen.add(condition);
    }

    private void seen(String comparison, Instant at) {
        ofSeen.add(LAST_SEEN + comparison + bind(at));
    }

    /** As a range, since a plan that is made before the prefix is known cannot turn LIKE into one. */
    private void prefix(String prefix) {
        if (!prefix.isEmpty()) {
            device("d.serial collate \"C\" >= ", prefix);
            String end = endOf(prefix);
            if (!end.isEmpty()) {
                device("d.serial collate \"C\" < ", end);
            }
        }
    }

    /** The first text after all that begin so, in the order of code points; empty where there is none. */
    static String endOf(String prefix) {
        int[] points = prefix.codePoints().toArray();
        for (int last = points.length - 1; last >= 0; last--) {
            if (points[last] < Character.MAX_CODE_POINT) {
                int next = points[last] + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : points[last] + 1;
                return new StringBuilder(new String(points, 0, last))
                        .appendCodePoint(next)
                        .toString();
            }
        }
        return "";
    }
}
