package io.jeton.cli;

import io.jeton.admin.KeyDocument;
import io.jeton.admin.KeyOrders;
import io.jeton.admin.ProblemException;
import io.jeton.audit.Author;
import io.jeton.client.ClientRegistry;
import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.KeyTimetable;
import io.jeton.keys.Rewrap;
import io.jeton.ops.Failure;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The keys that sign and seal. */
@ApplicationScoped
final class KeyCommands implements Commands {
    private static final String NOUN = "keys";
    private static final String ALGORITHM = "--alg";
    private static final String REPORT = "--report";

    private final KeyTimetable timetable;
    private final KeyOrders orders;
    private final ClientRegistry clients;
    private final Rewrap rewrap;
    private final OwnSeal seal;
    private final Columns columns;

    KeyCommands(
            KeyTimetable timetable,
            KeyOrders orders,
            ClientRegistry clients,
            Rewrap rewrap,
            OwnSeal seal,
            Columns columns) {
        this.timetable = timetable;
        this.orders = orders;
        this.clients = clients;
        this.rewrap = rewrap;
        this.seal = seal;
        this.columns = columns;
    }

    static CommandSpec grammar() {
        String algorithms =
                Arrays.stream(KeyAlgorithm.values()).map(KeyAlgorithm::value).collect(Collectors.joining(", "));
        return Words.noun(
                NOUN,
                "The keys that sign tokens, and the secrets that seal them.",
                Words.verb("list", "Every key with its instants, and when its successor takes over."),
                Words.verb(
                        "rotate",
                        "Let the next key take over now: of one algorithm, or of all that sign. Not before verifiers know it.",
                        Words.text(ALGORITHM, "ALG", "One of " + algorithms + ".")),
                compromised(),
                Words.verb(
                        "rewrap",
                        "Seal everything anew under the present key-encryption key.",
                        Words.flag(REPORT, "Count what each key has sealed, and change nothing.")));
    }

    private static CommandSpec compromised() {
        CommandSpec verb = Words.verb(
                "compromised",
                "Take a key out at once. What it signed or sealed counts no more; its successor takes over.",
                Words.name("KID", "The key's id."));
        // One id in 64 begins as an option does, and this is no moment to learn how to quote it.
        verb.parser().unmatchedOptionsArePositionalParams(true).posixClusteredShortOptionsAllowed(false);
        return verb;
    }

    @Override
    public String noun() {
        return NOUN;
    }

    @Override
    public Work prepare(Order order) {
        Author by = order.author();
        return switch (order.verb()) {
            case "list" -> this::list;
            case "rotate" -> {
                List<KeyAlgorithm> algorithms = algorithms(order);
                yield () -> seal.with(() -> rotate(algorithms, by));
            }
            case "compromised" -> () -> seal.with(() -> remove(order.name(), by));
            case "rewrap" ->
                () -> (order.flag(REPORT) ? rewrap.report() : seal.with(() -> rewrap.run(by.actor())))
                        .map(KeyCommands::rewrapped);
            default -> throw order.unknown();
        };
    }

    private Uni<Answer> list() {
        return timetable.read().map(lines -> {
            List<KeyDocument.Timetable> all =
                    lines.stream().map(KeyDocument.Timetable::of).toList();
            return Answer.done(new KeyDocument.All(all), text(all));
        });
    }

    private Uni<Answer> rotate(List<KeyAlgorithm> algorithms, Author by) {
        return Multi.createFrom()
                .iterable(algorithms)
                .onItem()
                .transformToUniAndConcatenate(algorithm -> orders.rotate(algorithm, by)
                        .map(line -> new Rotated(algorithm.value(), true, "rotated", line))
                        // Those before it are rotated, and the answer is to say so.
                        .onFailure()
                        .recoverWithItem(failure -> new Rotated(algorithm.value(), false, reason(failure), null)))
                .collect()
                .asList()
                .map(Rotated::answer);
    }

    private static String reason(Throwable failure) {
        return Settings.present().secrets().hide(Failure.reason(failure));
    }

    /** The clients concerned are found in the copy of the registry, which a command has to make for itself. */
    private Uni<Answer> remove(String kid, Author by) {
        return clients.reload()
                .chain(() -> orders.remove(kid, by))
                .map(report -> Answer.done(
                        report,
                        "Key " + kid + " is out. " + report.removal().meaning() + "\n\n"
                                + columns.lines(report.removal()) + "\n\n" + text(List.of(report.timetable()))));
    }

    private String text(List<KeyDocument.Timetable> timetables) {
        String keys = columns.table(
                timetables.stream().flatMap(line -> line.keys().stream()).toList(),
                "algorithm",
                "kid",
                "state",
                "published_at",
                "activated_at",
                "retired_at",
                "retained_until");
        return keys + "\n\n" + columns.table(timetables, "algorithm", "next_rotation_at", "rotatable_from");
    }

    private static Answer rewrapped(Rewrap.Report report) {
        return new Answer(
                report,
                "Key-encryption key " + report.key() + " seals. Sealed under each, by column: " + report.values() + "\n"
                        + (report.left() == 0
                                ? "Nothing needs a former one."
                                : report.left() + " values need a former one."),
                ExitCode.DONE);
    }

    private static List<KeyAlgorithm> algorithms(Order order) {
        List<KeyAlgorithm> all = List.of(KeyAlgorithm.values());
        return order.text(ALGORITHM)
                .map(said -> all.stream()
                        .filter(algorithm -> algorithm.value().equalsIgnoreCase(said))
                        .toList())
                .map(found -> {
                    if (found.isEmpty()) {
                        throw ProblemException.badRequest(ALGORITHM + " must be one of "
                                + String.join(
                                        ", ",
                                        all.stream().map(KeyAlgorithm::value).toList()));
                    }
                    return found;
                })
                .orElseGet(() -> all.stream().filter(KeyAlgorithm::signs).toList());
    }
}
