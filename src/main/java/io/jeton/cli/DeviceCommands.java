package io.jeton.cli;

import io.jeton.admin.DeviceAnswers;
import io.jeton.admin.DeviceDocument;
import io.jeton.admin.DeviceFilter;
import io.jeton.admin.ProblemException;
import io.jeton.admin.Reason;
import io.jeton.admin.Said;
import io.jeton.database.RowCursor;
import io.jeton.device.registry.DeviceOrder;
import io.jeton.device.registry.DeviceOutcome;
import io.jeton.device.registry.DeviceRegistry;
import io.jeton.device.registry.DeviceSelector;
import io.jeton.device.registry.OrderedBy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The registry of devices. */
@ApplicationScoped
final class DeviceCommands implements Commands {
    private static final String NOUN = "devices";
    private static final String LIMIT = "--limit";
    private static final String REASON = "--reason";
    private static final int PAGE = 200;
    private static final int UNSAID = 100;

    private final DeviceRegistry registry;
    private final DeviceFilter filter;
    private final Columns columns;

    DeviceCommands(DeviceRegistry registry, DeviceFilter filter, Columns columns) {
        this.registry = registry;
        this.filter = filter;
        this.columns = columns;
    }

    static CommandSpec grammar() {
        return Words.noun(
                NOUN,
                "The registry of devices, which outlive their tokens.",
                Words.verb(
                        "list",
                        "Devices that fit everything that is said, the newest first.",
                        Words.text("--owner", "USER", "The name or the id of the person whose they are."),
                        Words.text("--client", "ID", "The client's id."),
                        Words.text("--model", "MODEL", "The whole name of the model."),
                        Words.text("--serial", "SERIAL", "The whole serial number."),
                        Words.text("--serial-prefix", "PREFIX", "How the serial number begins."),
                        Words.text("--state", "STATE", "active, suspended or retired."),
                        Words.text("--seen-before", "INSTANT", "Seen last before this instant."),
                        Words.text("--seen-after", "INSTANT", "Seen last since this instant."),
                        Words.text(LIMIT, "NUMBER", "How many at the most; " + UNSAID + " where nothing is said.")),
                Words.verb("show", "One device.", device()),
                order("revoke", "End what a device was granted. Approved once more, it is the same device."),
                order("suspend", "No more tokens until it is resumed. It keeps what it has."),
                order("resume", "Let a suspended device go on, whoever suspended it."));
    }

    private static CommandSpec order(String name, String description) {
        return Words.verb(
                name, description, device(), Words.text(REASON, "TEXT", "Why, for the trail and for its owner."));
    }

    private static ArgSpec device() {
        return Words.name("ID", "The device's id, as an answer or the claim device_id has it.");
    }

    @Override
    public String noun() {
        return NOUN;
    }

    @Override
    public Work prepare(Order order) {
        return switch (order.verb()) {
            case "list" -> {
                int limit = limit(order);
                Said said = Said.by(name -> order.text("--" + name));
                yield () -> filter.read(said)
                        .chain(selector -> list(selector, Optional.empty(), limit, new ArrayList<>()))
                        .map(this::table);
            }
            case "show" ->
                () -> registry.find(Said.pathId(order.name()))
                        .map(found -> found.map(DeviceDocument::of).orElseThrow(ProblemException::notFound))
                        .map(this::answer);
            case "revoke" -> change(order, registry::revoke, DeviceAnswers::nothingToEnd);
            case "suspend" -> change(order, registry::suspend, DeviceAnswers::inState);
            case "resume" -> change(order, registry::resume, DeviceAnswers::inState);
            default -> throw order.unknown();
        };
    }

    private Work change(
            Order order,
            Function<DeviceOrder, Uni<DeviceOutcome>> change,
            Function<DeviceOutcome.NotPossible, String> otherwise) {
        DeviceOrder ordered = DeviceOrder.of(
                Said.pathId(order.name()),
                OrderedBy.commandLine(order.author().actor()),
                Reason.of(Said.by(name -> order.text("--" + name))));
        return () ->
                change.apply(ordered).map(outcome -> answer(DeviceDocument.of(DeviceAnswers.done(outcome, otherwise))));
    }

    private Uni<List<DeviceDocument>> list(
            DeviceSelector selector, Optional<RowCursor> after, int limit, List<DeviceDocument> found) {
        return registry.list(selector, after, Math.min(PAGE, limit - found.size()))
                .chain(page -> {
                    page.devices().forEach(device -> found.add(DeviceDocument.of(device)));
                    return page.next().isPresent() && found.size() < limit
                            ? list(selector, page.next(), limit, found)
                            : Uni.createFrom().item(found);
                });
    }

    private Answer table(List<DeviceDocument> devices) {
        return Answer.done(
                devices,
                columns.table(devices, "id", "client_id", "owner", "name", "model", "serial", "state", "last_seen_at"));
    }

    private Answer answer(DeviceDocument device) {
        return Answer.done(device, columns.lines(device));
    }

    private static int limit(Order order) {
        String said = order.text(LIMIT).orElse(String.valueOf(UNSAID));
        if (!said.matches("[1-9][0-9]{0,5}")) {
            throw ProblemException.badRequest(LIMIT + " must be a number from 1 to 999999");
        }
        return Integer.parseInt(said);
    }
}
