package io.jeton.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kit's command line. */
public final class Main {
    private static final Set<String> OPTIONS = Set.of(
            "issuer",
            "client-id",
            "other-client-id",
            "service-id",
            "service-secret",
            "scope",
            "person",
            "password",
            "only",
            "markdown",
            "json");
    private static final String USAGE = """
            Checks an OAuth 2.0 authorization server for devices against the specifications.

              --issuer URL           the server; its discovery document is found from here (required)
              --client-id ID         a public client with the device grant and refresh tokens (required)
              --scope "a b"          what the device asks for; two values, so that it can be narrowed
              --person NAME          who approves, with --password
              --password PASSWORD
              --other-client-id ID   another public client with the same grants
              --service-id ID        a confidential client with client credentials, with --service-secret
              --service-secret SECRET
              --only "RFC 8628"      only the cases whose section begins so
              --markdown FILE        writes the table there as well
              --json FILE            writes the report for machines

            What a case needs and is not given is skipped. Exit status: 0 when no MUST failed, 1 when one did, 2 for
            wrong usage.""";

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        // The JOSE library logs through SLF4J, and nobody reads that here.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws IOException {
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            System.out.println(USAGE);
            return 0;
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length && arguments[i].startsWith("--"); i += 2) {
            options.put(arguments[i].substring(2), arguments[i + 1]);
        }
        if (options.size() * 2 != arguments.length
                || !OPTIONS.containsAll(options.keySet())
                || !options.keySet().containsAll(Set.of("issuer", "client-id"))) {
            System.err.println(USAGE);
            return 2;
        }
        String only = options.getOrDefault("only", "").toLowerCase(Locale.ROOT);
        Report report = Kit.run(
                target(options), one -> one.section().toLowerCase(Locale.ROOT).startsWith(only));
        System.out.println(report.markdown());
        write(options.get("markdown"), report.markdown());
        write(options.get("json"), report.json());
        return report.conforms() ? 0 : 1;
    }

    private static Target target(Map<String, String> options) {
        return new Target(
                options.getOrDefault("issuer", ""),
                options.getOrDefault("client-id", ""),
                Optional.ofNullable(options.get("other-client-id")),
                Optional.ofNullable(options.get("service-id"))
                        .map(id -> new Target.Service(id, options.getOrDefault("service-secret", ""))),
                options.getOrDefault("scope", ""),
                Optional.ofNullable(options.get("person"))
                        .map(name -> new Person(name, options.getOrDefault("password", ""))));
    }

    private static void write(String file, String text) throws IOException {
        if (file != null) {
            Files.writeString(Path.of(file), text);
        }
    }
}
