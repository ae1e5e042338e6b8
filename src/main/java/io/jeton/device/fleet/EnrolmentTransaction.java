package io.jeton.device.fleet;

import io.jeton.crypto.Randomness;
import io.jeton.device.fleet.EnrolmentRepository.NewDevice;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares the lines of a file with the table and writes them, batch by batch, all in one transaction. */
@ApplicationScoped
final class EnrolmentTransaction {
    private static final int BATCH = 1000;
    private static final String MEANWHILE = "somebody else enrolled or connected this device just now";

    private final EnrolmentRepository repository;
    private final Randomness randomness;

    EnrolmentTransaction(EnrolmentRepository repository, Randomness randomness) {
        this.repository = repository;
        this.randomness = randomness;
    }

    /** Nothing of what was written stays. */
    private static final class UndoneException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        UndoneException() {
            super("undone", null, false, false);
        }
    }

    /** What has come of the lines so far. */
    private static final class Progress {
        private final List<BadLine> bad = new ArrayList<>();
        private final List<NewDevice> devices = new ArrayList<>();
        private int identical;
        private int imported;
    }

    Uni<EnrolmentReport> write(EnrolmentOrder order, EnrolmentFile file) {
        Progress progress = new Progress();
        progress.bad.addAll(file.bad());
        progress.identical = file.identical();
        return repository
                .inTransaction(tx -> repository
                        .oneAtATime(tx)
                        .chain(() -> repository.accounts(
                                tx,
                                file.good().stream()
                                        .flatMap(line -> line.owner().stream())
                                        .collect(Collectors.toSet())))
                        .chain(accounts -> each(file.good(), batch -> compare(tx, order, accounts, batch, progress)))
                        .chain(() -> isRefused(order, progress)
                                ? Uni.createFrom().voidItem()
                                : each(progress.devices, batch -> insert(tx, order, batch, progress))))
                .map(done -> isRefused(order, progress)
                        ? EnrolmentReport.refused(progress.bad)
                        : EnrolmentReport.applied(progress.imported, progress.identical, progress.bad))
                .onFailure(UndoneException.class)
                .recoverWithItem(() -> EnrolmentReport.refused(progress.bad));
    }

    private static boolean isRefused(EnrolmentOrder order, Progress progress) {
        return !progress.bad.isEmpty() && !order.allButTheBad();
    }

    private Uni<Void> compare(
            SqlConnection tx,
            EnrolmentOrder order,
            Map<String, UUID> accounts,
            List<EnrolmentLine> lines,
            Progress progress) {
        return repository
                .known(tx, order.clientId(), lines)
                .invoke(known -> {
                    EnrolmentCheck check = new EnrolmentCheck(order.clientId(), accounts, known);
                    lines.forEach(line -> judge(check, line, progress));
                })
                .replaceWithVoid();
    }

    private void judge(EnrolmentCheck check, EnrolmentLine line, Progress progress) {
        try {
            if (check.judge(line) == EnrolmentCheck.Verdict.IDENTICAL) {
                progress.identical++;
            } else {
                progress.devices.add(new NewDevice(randomness.id(), check.owner(line), line));
            }
        } catch (BadLineException e) {
            progress.bad.add(new BadLine(line.number(), e.reason()));
        }
    }

    /** A device grant may have registered one of them meanwhile: it takes no part in the lock. */
    private Uni<Void> insert(SqlConnection tx, EnrolmentOrder order, List<NewDevice> devices, Progress progress) {
        return repository
                .insert(tx, order, devices)
                .invoke(written -> {
                    progress.imported += written.size();
                    devices.stream()
                            .map(NewDevice::line)
                            .filter(line -> !written.contains(line.key().thumbprint()))
                            .forEach(line -> progress.bad.add(new BadLine(line.number(), MEANWHILE)));
                    if (isRefused(order, progress)) {
                        throw new UndoneException();
                    }
                })
                .replaceWithVoid();
    }

    private static <T> Uni<Void> each(List<T> all, Function<List<T>, Uni<Void>> work) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
        }
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .onItem()
                .ignoreAsUni();
    }
}
