package io.jeton.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jeton.admin.JsonBody;
import io.jeton.admin.ProblemException;
import io.jeton.protocol.GrantType;
import io.jeton.protocol.Scopes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;

/** A client as the command line describes it: options, a file in the form of the admin API, or both. */
final class ClientDescription {
    private static final String FROM = "--from";
    private static final String KEYS = "--jwks";
    private static final String RETRY_LIMIT = "--retry-limit";

    private static final Map<String, String> TEXTS = Map.of(
            "--name", "name",
            "--auth", "token_endpoint_auth_method",
            "--jwks-uri", "jwks_uri",
            "--access-token-alg", "access_token_alg",
            "--access-token-typ", "access_token_typ",
            "--id-token-alg", "id_token_alg",
            "--access-token-lifetime", "access_token_lifetime",
            "--refresh-idle-lifetime", "refresh_idle_lifetime",
            "--refresh-absolute-lifetime", "refresh_absolute_lifetime",
            "--retry-window", "retry_window");
    /** Whom a certificate names: exactly one of them. */
    private static final Map<String, String> CERTIFICATE_NAMES = Map.of(
            "--tls-client-auth-subject-dn", "tls_client_auth_subject_dn",
            "--tls-client-auth-san-dns", "tls_client_auth_san_dns",
            "--tls-client-auth-san-uri", "tls_client_auth_san_uri",
            "--tls-client-auth-san-ip", "tls_client_auth_san_ip",
            "--tls-client-auth-san-email", "tls_client_auth_san_email");

    private static final Map<String, String> LISTS = Map.of(
            "--grant-type", "grant_types",
            "--scope", "scopes",
            "--audience", "audience",
            "--answers-for", "answers_for");
    private static final Map<String, String> FLAGS = Map.of(
            "--dpop-bound", "dpop_bound_access_tokens",
            "--certificate-bound", "tls_client_certificate_bound_access_tokens",
            "--status-list", "status_list");

    /** Nobody types a URN. */
    private static final Map<String, GrantType> SHORT =
            Map.of("device_code", GrantType.DEVICE_CODE, "jwt-bearer", GrantType.JWT_BEARER);

    private ClientDescription() {}

    static CommandSpec grammar() {
        return Words.verb(
                "add",
                "Register a client. Its secret, where its method has one, is shown once. With --scope jeton:admin and nothing"
                        + " else said it is an operator's: client_secret_basic, client_credentials.",
                Words.optionalName("ID", "The client's id: 1 to 100 printable characters."),
                Words.text(FROM, "FILE", "A file of JSON in the form of the admin API, or - for standard input."),
                Words.text("--name", "NAME", "What a person is shown; the id where nothing is said."),
                Words.text(
                        "--auth",
                        "METHOD",
                        "none, client_secret_basic, client_secret_post, client_secret_jwt, private_key_jwt,"
                                + " tls_client_auth or self_signed_tls_client_auth."),
                Words.texts("--grant-type", "TYPE", "device_code, refresh_token, client_credentials, jwt-bearer."),
                Words.texts("--scope", "SCOPE", "What it may ask for."),
                Words.texts("--audience", "AUDIENCE", "Who its access tokens are for."),
                Words.texts("--answers-for", "AUDIENCE", "Whose tokens it may introspect."),
                Words.text(
                        KEYS,
                        "FILE",
                        "Its public keys, a JWK set, for private_key_jwt and self_signed_tls_client_auth."),
                Words.text("--jwks-uri", "URI", "Or where they are found."),
                Words.text(
                        "--tls-client-auth-subject-dn",
                        "DN",
                        "Whom its certificate names, for tls_client_auth: one of these five."),
                Words.text("--tls-client-auth-san-dns", "NAME", "A DNS name."),
                Words.text("--tls-client-auth-san-uri", "URI", "A URI."),
                Words.text("--tls-client-auth-san-ip", "ADDRESS", "An IP address."),
                Words.text("--tls-client-auth-san-email", "EMAIL", "An e-mail address."),
                Words.text("--access-token-alg", "ALG", "ES256, EdDSA or RS256."),
                Words.text("--access-token-typ", "TYP", "at+jwt or JWT."),
                Words.text("--id-token-alg", "ALG", "RS256, ES256 or EdDSA."),
                Words.text("--access-token-lifetime", "DURATION", "ISO 8601, for example PT15M."),
                Words.text("--refresh-idle-lifetime", "DURATION", "How long a refresh token may lie unused."),
                Words.text("--refresh-absolute-lifetime", "DURATION", "How long an approval lasts."),
                Words.text("--retry-window", "DURATION", "How long a former refresh token counts as a retry."),
                Words.text(RETRY_LIMIT, "NUMBER", "How many retries of one token are answered."),
                Words.flag("--dpop-bound", "No token without a DPoP proof."),
                Words.flag("--certificate-bound", "No token without a certificate, to which it is bound."),
                Words.flag("--status-list", "Its access tokens say where their status is found."));
    }

    /** @throws ProblemException where a file cannot be read or is no JSON */
    static ObjectNode read(Order order) throws IOException {
        ObjectNode client =
                order.text(FROM).isPresent() ? object(order.text(FROM).get()) : JsonNodeFactory.instance.objectNode();
        if (!order.name().isEmpty()) {
            client.put("id", order.name());
        }
        TEXTS.forEach((option, member) -> order.text(option).ifPresent(said -> client.put(member, said)));
        CERTIFICATE_NAMES.forEach((option, member) -> order.text(option).ifPresent(said -> client.put(member, said)));
        LISTS.forEach((option, member) -> put(client, member, order.texts(option)));
        FLAGS.forEach((option, member) -> {
            if (order.flag(option)) {
                client.put(member, true);
            }
        });
        if (order.text(KEYS).isPresent()) {
            client.set("jwks", object(order.text(KEYS).get()));
        }
        order.text(RETRY_LIMIT).ifPresent(said -> client.set("retry_limit", number(said)));
        complete(client);
        return client;
    }

    /** What nobody should have to say. */
    private static void complete(ObjectNode client) {
        if (!client.has("name") && client.has("id")) {
            client.set("name", client.get("id"));
        }
        boolean operates = StreamSupport.stream(client.path("scopes").spliterator(), false)
                .map(JsonNode::asText)
                .anyMatch(Scopes.ADMIN::contains);
        if (operates && !client.has("token_endpoint_auth_method") && !client.has("grant_types")) {
            client.put("token_endpoint_auth_method", "client_secret_basic");
            put(client, "grant_types", List.of(GrantType.CLIENT_CREDENTIALS.value()));
        }
    }

    private static void put(ObjectNode client, String member, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = client.putArray(member);
            values.forEach(value ->
                    list.add(SHORT.containsKey(value) ? SHORT.get(value).value() : value));
        }
    }

    private static JsonNode number(String said) {
        return said.matches("[0-9]{1,9}")
                ? JsonNodeFactory.instance.numberNode(Integer.parseInt(said))
                : JsonNodeFactory.instance.textNode(said);
    }

    private static ObjectNode object(String file) throws IOException {
        try {
            byte[] bytes = file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            return JsonBody.object(JsonBody.JSON, JsonBody.JSON, bytes);
        } catch (IOException | InvalidPathException e) {
            throw ProblemException.badRequest(file + " is no file that can be read");
        }
    }
}
