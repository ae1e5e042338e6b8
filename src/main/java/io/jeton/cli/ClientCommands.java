package io.jeton.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jeton.admin.Answers;
import io.jeton.admin.ClientBody;
import io.jeton.admin.ClientDocument;
import io.jeton.admin.ClientSecretResource;
import io.jeton.admin.ClientsResource;
import io.jeton.admin.JsonBody;
import io.jeton.admin.ProblemException;
import io.jeton.audit.Author;
import io.jeton.client.ClientService;
import io.jeton.client.ClientSpecification;
import io.jeton.client.IssuedClient;
import io.jeton.managed.Change;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import picocli.CommandLine.Model.CommandSpec;

/** What may ask for tokens. */
@ApplicationScoped
final class ClientCommands implements Commands {
    private static final String NOUN = "clients";
    private static final String OVERLAP = "--overlap";
    private static final OptionalLong ANY_VERSION = OptionalLong.empty();

    private final ClientService clients;
    private final OwnSeal seal;
    private final Columns columns;

    ClientCommands(ClientService clients, OwnSeal seal, Columns columns) {
        this.clients = clients;
        this.seal = seal;
        this.columns = columns;
    }

    static CommandSpec grammar() {
        return Words.noun(
                NOUN,
                "What may ask for tokens: devices, services, tools.",
                Words.verb("list", "All clients, by id.", Pages.containing("id or name")),
                Words.verb("show", "One client.", Words.name("ID", "The client's id.")),
                ClientDescription.grammar(),
                Words.verb(
                        "secret",
                        "Make a new secret, shown once. The former one counts for a while as well.",
                        Words.name("ID", "The client's id."),
                        Words.text(OVERLAP, "DURATION", "How long, from PT0S to P90D; P7D where nothing is said.")),
                Words.verb(
                        "disable",
                        "Let a client and its devices have nothing any more.",
                        Words.name("ID", "The client's id.")),
                Words.verb("enable", "Let a client go on.", Words.name("ID", "The client's id.")));
    }

    @Override
    public String noun() {
        return NOUN;
    }

    @Override
    public Work prepare(Order order) throws IOException {
        Author by = order.author();
        String id = order.name();
        return switch (order.verb()) {
            case "list" ->
                () -> Pages.all(order, clients::list, ClientDocument::of)
                        .map(all -> Answer.done(
                                all,
                                columns.table(
                                        all,
                                        "id",
                                        "name",
                                        "enabled",
                                        "token_endpoint_auth_method",
                                        "scopes",
                                        "source")));
            case "show" ->
                () -> clients.find(id).map(found -> found.map(ClientDocument::of)
                        .map(client -> Answer.done(client, columns.lines(client)))
                        .orElseThrow(ProblemException::notFound));
            case "add" -> {
                ObjectNode description = ClientDescription.read(order);
                ClientSpecification client = ClientBody.ofNew(new JsonBody(description));
                yield () -> seal.with(() -> clients.create(by, client)).map(this::answer);
            }
            case "secret" -> {
                Duration overlap = overlap(order);
                yield () -> seal.with(() -> clients.rotateSecret(by, id, overlap, ANY_VERSION))
                        .map(this::answer);
            }
            case "disable" -> () -> clients.disable(by, id, ANY_VERSION).map(this::answer);
            case "enable" -> () -> clients.enable(by, id, ANY_VERSION).map(this::answer);
            default -> throw order.unknown();
        };
    }

    private Answer answer(Change<IssuedClient> change) {
        ClientDocument client = ClientDocument.of(Answers.done(change, ClientsResource.TAKEN));
        return Answer.done(client, columns.lines(client));
    }

    private static Duration overlap(Order order) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        order.text(OVERLAP).ifPresent(text -> said.put("overlap", text));
        return ClientSecretResource.overlap(new JsonBody(said));
    }
}
