package io.jeton.declaration;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Shows what became of the declarations file. A wrong one is no reason to be taken out of service. */
@Readiness
@ApplicationScoped
final class DeclarationHealth implements HealthCheck {
    private static final int SHOWN = 20;

    private final DeclarationWatch watch;

    DeclarationHealth(DeclarationWatch watch) {
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("declarations").up();
        DeclarationWatch.State state = watch.state();
        watch.name().ifPresent(file -> {
            answer.withData("file", file);
            answer.withData("applied", state.applied());
            if (!state.problems().isEmpty()) {
                answer.withData("refused", state.refused());
                answer.withData("problems", state.problems().size());
                answer.withData(
                        "problem",
                        String.join("\n", state.problems().stream().limit(SHOWN).toList()));
            }
        });
        return answer.build();
    }
}
