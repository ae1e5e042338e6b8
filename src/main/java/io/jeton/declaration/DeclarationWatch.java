package io.jeton.declaration;

import io.jeton.database.OffLoop;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Applies the file at start and whenever its content changes: Kubernetes swaps a mounted ConfigMap by a link, so
 * neither its time nor its own change says anything. A file that is wrong stops a start; later it changes nothing.
 */
@ApplicationScoped
final class DeclarationWatch {
    private static final Logger LOG = Logger.getLogger(DeclarationWatch.class);
    private static final int BEFORE_THE_REGISTRY = 25;

    private final Optional<String> name;
    private final DeclarationFile file;
    private final DeclarationService service;
    private volatile State state = new State("", "", List.of());

    DeclarationWatch(DeclarationConfig config, DeclarationFile file, DeclarationService service) {
        this.name = config.file().map(String::strip).filter(text -> !text.isEmpty());
        this.file = file;
        this.service = service;
    }

    /**
     * What became of the file.
     *
     * @param applied the fingerprint of what was applied; empty before the start is done
     * @param refused the fingerprint of what was refused since
     * @param problems what was wrong with that
     */
    record State(String applied, String refused, List<String> problems) {}

    /** @throws ConfigurationException with all that is wrong, by file and line */
    void start(@Observes @Priority(BEFORE_THE_REGISTRY) StartupEvent event) throws Throwable {
        if (name.isPresent()) {
            Declarations declarations = file.read(Path.of(name.get()));
            if (!declarations.problems().isEmpty()) {
                throw new ConfigurationException(String.join("\n", sentences(declarations)));
            }
            VertxContextSupport.subscribeAndAwait(() -> apply(declarations));
        }
    }

    @Scheduled(every = "{jeton.declarations.check-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> check() {
        return name.isEmpty() || state.applied.isEmpty()
                ? Uni.createFrom().voidItem()
                : OffLoop.call(() -> file.read(Path.of(name.get()))).chain(this::applyWhatChanged);
    }

    Optional<String> name() {
        return name;
    }

    State state() {
        return state;
    }

    private Uni<Void> applyWhatChanged(Declarations declarations) {
        String fingerprint = declarations.fingerprint();
        if (!declarations.problems().isEmpty()) {
            refuse(declarations);
            return Uni.createFrom().voidItem();
        }
        if (fingerprint.equals(state.applied)) {
            // What was wrong in between was taken back.
            state = new State(fingerprint, "", List.of());
            return Uni.createFrom().voidItem();
        }
        return apply(declarations)
                .onFailure()
                .invoke(failure -> LOG.warnf("declarations are not applied yet: %s", failure.toString()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> apply(Declarations declarations) {
        return service.apply(declarations)
                .invoke(applied -> state = new State(declarations.fingerprint(), "", List.of()))
                .replaceWithVoid();
    }

    private void refuse(Declarations declarations) {
        if (!declarations.fingerprint().equals(state.refused)) {
            List<String> sentences = sentences(declarations);
            LOG.errorf(
                    "declarations are not applied, what was applied before stays:\n%s",
                    sentences.stream().collect(Collectors.joining("\n")));
            state = new State(state.applied, declarations.fingerprint(), sentences);
        }
    }

    private List<String> sentences(Declarations declarations) {
        return declarations.problems().stream()
                .map(problem -> problem.at(name.orElse("")))
                .toList();
    }
}
