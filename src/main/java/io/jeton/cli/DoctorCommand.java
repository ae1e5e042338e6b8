package io.jeton.cli;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Looks at whatever a service depends on, and says how to mend what is broken. Changes nothing. */
@ApplicationScoped
final class DoctorCommand implements Commands {
    static final String NOUN = "doctor";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KeyChecks keys;
    private final SchemaCheck schema;
    private final Clock clock;

    DoctorCommand(KeyChecks keys, SchemaCheck schema, Clock clock) {
        this.keys = keys;
        this.schema = schema;
        this.clock = clock;
    }

    static CommandSpec grammar() {
        return Words.verb(
                NOUN,
                "Look at configuration, issuer, TLS, database, clocks, keys and status lists; say how to mend what is"
                        + " broken. Changes nothing.");
    }

    @Override
    public String noun() {
        return NOUN;
    }

    @Override
    public Work prepare(Order order) {
        Settings settings = Settings.present();
        List<Check> checks = withoutBeans(settings, clock, Optional.empty());
        checks.add(schema.check());
        checks.addAll(keys.all(settings.issuer().map(PublicSide::new)));
        Answer answer = Examination.of(checks, PATIENCE, settings.secrets());
        return () -> Uni.createFrom().item(answer);
    }

    /** What can be said where even the beans do not start. */
    static Answer outside(Settings settings, Clock clock, String startFailure) {
        return Examination.of(withoutBeans(settings, clock, Optional.of(startFailure)), PATIENCE, settings.secrets());
    }

    private static List<Check> withoutBeans(Settings settings, Clock clock, Optional<String> startFailure) {
        List<Check> checks = new ArrayList<>();
        checks.add(new ConfigurationCheck(settings, startFailure).check());
        settings.issuer().flatMap(DoctorCommand::address).ifPresent(issuer -> {
            checks.add(new CertificateCheck(issuer, clock).check());
            checks.addAll(new PublicChecks(new PublicSide(issuer.toString()), clock, settings.skew()).all());
        });
        checks.add(new DatabaseCheck(settings, clock).check());
        return checks;
    }

    private static Optional<URI> address(String issuer) {
        try {
            return Optional.of(URI.create(issuer)).filter(uri -> uri.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
