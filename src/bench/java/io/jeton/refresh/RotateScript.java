package io.jeton.refresh;

/** The statement of a refresh, for {@code pgbench}: each client finds a row of its own, and rotates it from then on. */
public final class RotateScript {
    public static final String TEXT = """
            \\if :gen = 0
            select id, generation as gen, client_id as owner from refresh_token order by id offset :client_id limit 1 \\gset
            \\endif
            %s;
            \\set gen :gen + 1
            """.formatted(RefreshTokenRepository.ROTATE
            .replace('\n', ' ')
            .replace("$1", ":id")
            .replace("$2", ":gen")
            .replace("$3", ":owner")
            .replace("$4", "null")
            .replace("$5", "null")
            .replace("$6", "7776000")
            .replace("$7", "'127.0.0.1'")
            .replace("$8", "null")
            // pgbench takes whatever follows a colon for a variable, in quotes too.
            .replace("$9", "E'telemetry\\072write'"));

    private RotateScript() {}
}
