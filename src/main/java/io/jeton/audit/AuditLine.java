package io.jeton.audit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An event as one line of key=value pairs. */
final class AuditLine {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9._:/@+%-]+");

    private AuditLine() {}

    static String of(AuditEvent event) {
        StringBuilder line = new StringBuilder();
        append(line, "type", event.type().value());
        append(line, "outcome", event.outcome().value());
        Actor actor = event.actor();
        if (actor != null) {
            append(line, "actor", actor.kind().value());
            append(line, "actor_id", actor.id());
        }
        append(line, "client", event.client());
        append(line, "device", event.device());
        append(line, "account", event.account());
        append(line, "subject", event.subject());
        append(line, "from", event.from());
        append(line, "reason", event.reason());
        append(line, "occurrences", event.occurrences() == 1 ? null : event.occurrences());
        return line.toString();
    }

    private static void append(StringBuilder line, String key, @Nullable Object value) {
        if (value == null) {
            return;
        }
        String text = value.toString();
        line.append(line.isEmpty() ? "" : " ").append(key).append('=');
        if (BARE.matcher(text).matches()) {
            line.append(text);
        } else {
            line.append('"')
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
    }
}
