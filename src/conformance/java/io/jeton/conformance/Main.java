package io.jeton.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The kit's command line. */
public final class Main {
    private static final String COMPARE = "compare";
    private static final String MARKDOWN = "markdown";
    private static final String SIGNERS = "signers";
    private static final Set<String> OPTIONS = Set.of(
            "issuer",
            "client-id",
            "other-client-id",
            "service-id",
            "service-secret",
            "scope",
            "person",
            "password",
            SIGNERS,
            "only",
            "patience",
            MARKDOWN,
            "json",
            COMPARE);
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
              --signers FILE         who signs assertions, and their keys; see the README
              --only "RFC 8628"      only the cases whose section begins so
              --patience SECONDS     how long to wait for a code's end, 30 where it is not said
              --markdown FILE        writes the table there as well
              --json FILE            writes the report for machines

            Puts several servers' reports side by side:

              --compare NAME=FILE    a report for machines; once for each server
              --markdown FILE        writes the tables there as well, between its two marks if it has them

            What a case needs and is not given is skipped. Exit status: 0 when no MUST failed, 1 when one did, 2 for
            wrong usage.""";

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        // The JOSE library logs through SLF4J, and nobody reads that here.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(arguments));
    }

    static int run(String... arguments) throws IOException {
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            System.out.println(USAGE);
            return 0;
        }
        try {
            Map<String, List<String>> options = options(arguments);
            return options.containsKey(COMPARE) ? compare(options) : check(once(options));
        } catch (NoSuchFileException e) {
            System.err.println("there is no file " + e.getMessage());
            return 2;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + USAGE);
            return 2;
        }
    }

    private static Map<String, List<String>> options(String... arguments) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!OPTIONS.contains(name) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("not an option with its value: " + arguments[i]);
            }
            options.computeIfAbsent(name, any -> new ArrayList<>()).add(arguments[i + 1]);
        }
        return options;
    }

    private static Map<String, String> once(Map<String, List<String>> options) {
        return options.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, option -> {
            if (option.getValue().size() > 1) {
                throw new IllegalArgumentException("--" + option.getKey() + " comes twice");
            }
            return option.getValue().get(0);
        }));
    }

    private static int compare(Map<String, List<String>> options) throws IOException {
        Map<String, List<String>> others = new HashMap<>(options);
        Comparison comparison = Comparison.of(others.remove(COMPARE));
        Map<String, String> rest = once(others);
        if (!Set.of(MARKDOWN).containsAll(rest.keySet())) {
            throw new IllegalArgumentException("--compare goes with --markdown alone");
        }
        System.out.println(comparison.markdown());
        if (rest.containsKey(MARKDOWN)) {
            Path file = Path.of(rest.get(MARKDOWN));
            Files.writeString(file, comparison.into(Files.exists(file) ? Files.readString(file) : ""));
        }
        return 0;
    }

    private static int check(Map<String, String> options) throws IOException {
        if (!options.keySet().containsAll(Set.of("issuer", "client-id"))) {
            throw new IllegalArgumentException("--issuer and --client-id are needed");
        }
        String only = options.getOrDefault("only", "").toLowerCase(Locale.ROOT);
        Report report = Kit.run(
                target(options), one -> one.section().toLowerCase(Locale.ROOT).startsWith(only));
        System.out.println(report.markdown());
        write(options.get(MARKDOWN), report.markdown());
        write(options.get("json"), report.json());
        return report.conforms() ? 0 : 1;
    }

    private static Target target(Map<String, String> options) throws IOException {
        String signers = options.get(SIGNERS);
        return new Target(
                options.getOrDefault("issuer", ""),
                options.getOrDefault("client-id", ""),
                Optional.ofNullable(options.get("other-client-id")),
                Optional.ofNullable(options.get("service-id"))
                        .map(id -> new Target.Service(id, options.getOrDefault("service-secret", ""))),
                options.getOrDefault("scope", ""),
                Optional.ofNullable(options.get("person"))
                        .map(name -> new Person(name, options.getOrDefault("password", ""))),
                signers == null ? Signers.NONE : Signers.read(Files.readString(Path.of(signers))),
                patience(options));
    }

    private static Duration patience(Map<String, String> options) {
        try {
            return Optional.ofNullable(options.get("patience"))
                    .map(seconds -> Duration.ofSeconds(Integer.parseInt(seconds)))
                    .orElse(Target.PATIENCE);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--patience is a number of seconds", e);
        }
    }

    private static void write(String file, String text) throws IOException {
        if (file != null) {
            Files.writeString(Path.of(file), text);
        }
    }
}
