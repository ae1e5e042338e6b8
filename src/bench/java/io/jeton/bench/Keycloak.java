package io.jeton.bench;

import io.jeton.bench.load.ProcessTree;
import io.jeton.bench.load.Provider;
import io.jeton.bench.load.Target;
import io.jeton.conformance.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The peer: its production mode, its own JVM settings, refresh tokens rotated, ES256 as ours. */
final class Keycloak implements Served {
    private static final Path HOME = Path.of(System.getProperty("bench.keycloak", "target/bench/keycloak"))
            .toAbsolutePath();
    private static final Path REALM = Path.of("src", "bench", "keycloak", "bench-realm.json");

    private final ServerProcess process;
    private final String issuer;
    private final String scope;

    private Keycloak(ServerProcess process, String issuer, String scope) {
        this.process = process;
        this.issuer = issuer;
        this.scope = scope;
    }

    /** @param scope what the device asks for: {@code openid}, or {@code offline_access} for another kind of session */
    static Keycloak start(Postgres postgres, String database, String scope) throws IOException, InterruptedException {
        Path imports = HOME.resolve("data/import");
        Files.createDirectories(imports);
        Files.copy(REALM, imports.resolve("bench-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        Map<String, String> environment = new HashMap<>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("KC_DB_URL", postgres.server().jdbcUrl(database));
        environment.put("KC_DB_USERNAME", postgres.server().user());
        environment.put("KC_DB_PASSWORD", postgres.server().password());
        String program = HOME.resolve("bin/kc.sh").toString();
        build(environment, program);
        int port = ServerProcess.freePort();
        String issuer = "http://127.0.0.1:" + port + "/realms/bench";
        ServerProcess process = ServerProcess.start(
                HOME,
                environment,
                List.of(
                        program,
                        "start",
                        "--optimized",
                        "--import-realm",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname-strict=false"));
        process.awaitOk(issuer + "/protocol/openid-connect/certs");
        return new Keycloak(process, issuer, scope);
    }

    private static void build(Map<String, String> environment, String program)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program, "build", "--db=postgres", "--cache=local")
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve("build.log").toFile());
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new IOException("Keycloak is not built, see " + HOME.resolve("build.log"));
        }
    }

    @Override
    public String name() {
        return "Keycloak";
    }

    @Override
    public Target target() {
        return new Target(
                Provider.discover(issuer),
                "thermometer",
                new Target.Service("service", "a-secret-of-a-benchmark-and-nothing-else"),
                scope,
                code -> new Person("alice", "correct horse battery").approve(code));
    }

    @Override
    public ProcessTree process() {
        return process.processes();
    }

    @Override
    public void close() {
        process.close();
    }
}
