package io.jeton.declaration;

import io.jeton.client.ClientOwnership;
import io.jeton.client.ClientRules;
import io.jeton.client.ClientSpecification;
import io.jeton.client.DeclaredClient;
import io.jeton.managed.Violation;
import io.jeton.user.AccountOwnership;
import io.jeton.user.AccountRules;
import io.jeton.user.AccountSpecification;
import io.jeton.user.DeclaredAccount;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Reads the file and judges it whole. Blocking; changes nothing. */
@ApplicationScoped
final class DeclarationFile {
    static final int LARGEST = 1024 * 1024;

    private final ClientRules rules;
    private final ClientOwnership clients;
    private final AccountOwnership accounts;
    private final UUID salt = UUID.randomUUID();

    DeclarationFile(ClientRules rules, ClientOwnership clients, AccountOwnership accounts) {
        this.rules = rules;
        this.clients = clients;
        this.accounts = accounts;
    }

    Declarations read(Path file) {
        Path absolute = file.toAbsolutePath();
        Fingerprint fingerprint = new Fingerprint(salt);
        List<Problem> problems = new ArrayList<>();
        List<DeclaredClient> clients = new ArrayList<>();
        List<DeclaredAccount> users = new ArrayList<>();
        try {
            byte[] yaml = bytes(absolute);
            fingerprint.add(yaml);
            Secrets secrets = new Secrets(
                    Optional.ofNullable(absolute.getParent()).orElse(absolute),
                    name -> Optional.ofNullable(System.getenv(name)));
            Map<String, Node> sections = sections(YamlTree.read(yaml), problems);
            each(sections, "clients", problems, (id, fields) -> clients.add(client(id, fields, secrets)));
            each(sections, "users", problems, (name, fields) -> users.add(user(name, fields, secrets)));
        } catch (UnreadableException e) {
            problems.add(e.problem());
        }
        clients.forEach(client -> client.secret().ifPresent(fingerprint::add));
        users.forEach(user -> user.password().ifPresent(fingerprint::add));
        problems.sort(Comparator.comparingInt(Problem::line));
        problems.forEach(problem -> fingerprint.add(problem.sentence()));
        return new Declarations(fingerprint.hex(), List.copyOf(clients), List.copyOf(users), List.copyOf(problems));
    }

    private static byte[] bytes(Path file) throws UnreadableException {
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new UnreadableException(0, "must not be larger than 1 MB");
            }
            return bytes;
        } catch (IOException e) {
            throw new UnreadableException(0, "must be a file that can be read, see jeton.declarations.file");
        }
    }

    private static Map<String, Node> sections(Node root, List<Problem> problems) throws UnreadableException {
        if (!(root instanceof Node.Mapping mapping)) {
            throw new UnreadableException(root.line(), "must hold clients and users, by their names");
        }
        mapping.members().forEach((name, node) -> {
            if (!Set.of("clients", "users").contains(name)) {
                problems.add(new Problem(
                        node.line(), YamlTree.shown(name) + " is not known here: there are clients and users"));
            }
        });
        return mapping.members();
    }

    private static void each(
            Map<String, Node> sections,
            String section,
            List<Problem> problems,
            BiConsumer<String, MappingFields> reader) {
        Node all = sections.getOrDefault(section, new Node.Mapping(0, Map.of()));
        if (!(all instanceof Node.Mapping mapping)) {
            problems.add(new Problem(all.line(), section + " must be given by name, {} for none"));
            return;
        }
        mapping.members().forEach((name, node) -> {
            String path = section + "." + YamlTree.shown(name);
            if (node instanceof Node.Mapping values) {
                reader.accept(name, new MappingFields(path, values, problems));
            } else {
                problems.add(new Problem(node.line(), path + " must have values by name"));
            }
        });
    }

    private DeclaredClient client(String id, MappingFields fields, Secrets secrets) {
        DeclaredClient client =
                new DeclaredClient(ClientSpecification.read(id, fields), secrets.read(fields, "secret"));
        refuse(fields, rules.violations(client));
        if (clients.configured().contains(id)) {
            fields.refuse("id", "must not be declared in the configuration as well, as jeton.clients." + id);
        }
        fields.refuseOthers();
        return client;
    }

    private DeclaredAccount user(String name, MappingFields fields, Secrets secrets) {
        DeclaredAccount account = new DeclaredAccount(
                new AccountSpecification(
                        name,
                        fields.flag("enabled").orElse(true),
                        fields.texts("roles").orElse(List.of())),
                secrets.read(fields, "password"),
                fields.text("password-hash"));
        refuse(fields, AccountRules.violations(account));
        if (accounts.configured().contains(name)) {
            fields.refuse("name", "must not be declared in the configuration as well, as jeton.accounts." + name);
        }
        fields.refuseOthers();
        return account;
    }

    private static void refuse(MappingFields fields, List<Violation> violations) {
        violations.forEach(violation -> fields.refuse(violation.path(), violation.rule()));
    }
}
