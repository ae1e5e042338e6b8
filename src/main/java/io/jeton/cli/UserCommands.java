package io.jeton.cli;

import io.jeton.admin.Answers;
import io.jeton.admin.ProblemException;
import io.jeton.admin.UserDocument;
import io.jeton.admin.UsersResource;
import io.jeton.audit.Author;
import io.jeton.managed.Change;
import io.jeton.user.AccountService;
import io.jeton.user.AccountSpecification;
import io.jeton.user.RegisteredAccount;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Who may sign in and approve devices. */
@ApplicationScoped
final class UserCommands implements Commands {
    private static final String NOUN = "users";
    private static final String ROLE = "--role";
    private static final String PASSWORD = "Password";
    private static final OptionalLong ANY_VERSION = OptionalLong.empty();

    private final AccountService accounts;
    private final Columns columns;

    UserCommands(AccountService accounts, Columns columns) {
        this.accounts = accounts;
        this.columns = columns;
    }

    static CommandSpec grammar() {
        return Words.noun(
                NOUN,
                "Who may sign in and approve devices. A password is asked for, or is the first line of standard input.",
                Words.verb("list", "All users, by name.", Pages.containing("name")),
                Words.verb(
                        "add",
                        "Register a user.",
                        user(),
                        Words.texts(ROLE, "ROLE", "admin may approve what opens the admin API.")),
                Words.verb("password", "Set a password, and end the sessions of the former one.", user()),
                Words.verb("disable", "Let a user and what he approved do nothing any more.", user()),
                Words.verb("enable", "Let a user go on.", user()));
    }

    private static ArgSpec user() {
        return Words.name("NAME", "What the person signs in with.");
    }

    @Override
    public String noun() {
        return NOUN;
    }

    @Override
    public Work prepare(Order order) throws IOException {
        Author by = order.author();
        String name = order.name();
        return switch (order.verb()) {
            case "list" ->
                () -> Pages.all(order, accounts::list, UserDocument::of)
                        .map(all -> Answer.done(
                                all, columns.table(all, "name", "id", "enabled", "roles", "source", "created_at")));
            case "add" -> {
                AccountSpecification account = new AccountSpecification(name, true, order.texts(ROLE));
                String password = Terminal.password(PASSWORD);
                yield () -> accounts.create(by, account, password).map(this::answer);
            }
            case "password" -> {
                String password = Terminal.password(PASSWORD);
                yield () -> change(name, id -> accounts.setPassword(by, id, password, ANY_VERSION));
            }
            case "disable" -> () -> change(name, id -> accounts.disable(by, id, ANY_VERSION));
            case "enable" -> () -> change(name, id -> accounts.enable(by, id, ANY_VERSION));
            default -> throw order.unknown();
        };
    }

    private Uni<Answer> change(String name, Function<UUID, Uni<Change<RegisteredAccount>>> change) {
        return accounts.findByName(name)
                .chain(found -> change.apply(
                        found.orElseThrow(ProblemException::notFound).id()))
                .map(this::answer);
    }

    private Answer answer(Change<RegisteredAccount> change) {
        UserDocument user = UserDocument.of(Answers.done(change, UsersResource.TAKEN));
        return Answer.done(user, columns.lines(user));
    }
}
