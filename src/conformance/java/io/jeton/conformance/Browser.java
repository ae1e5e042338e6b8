package io.jeton.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** A browser without JavaScript, on one site: keeps its cookies, follows redirects, sends forms. */
final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 10;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Document page = Document.createShell("");
    private int status;

    /** Whether the page says that something went wrong. */
    boolean hasFailed() {
        return status >= 400;
    }

    Document open(URI uri) throws IOException, InterruptedException {
        return follow(request(uri).GET());
    }

    /** Sends a form with its fields as they are, pressing a button of it. */
    Document submit(Element element, Optional<Element> button) throws IOException, InterruptedException {
        FormElement form = (FormElement) element;
        List<String> fields = form.formData().stream()
                .filter(field -> !isButton(form, field.key()))
                .map(field -> pair(field.key(), field.value()))
                .collect(Collectors.toCollection(ArrayList::new));
        button.filter(pressed -> pressed.hasAttr("name"))
                .ifPresent(pressed -> fields.add(pair(pressed.attr("name"), pressed.val())));
        String body = String.join("&", fields);
        String action = form.hasAttr("action") ? form.absUrl("action") : page.location();
        if (form.attr("method").equalsIgnoreCase("post")) {
            return follow(request(URI.create(action))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", origin(URI.create(page.location())))
                    .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.US_ASCII)));
        }
        return follow(request(URI.create(action + "?" + body)).GET());
    }

    /** All that a person can press to send a form. */
    static List<Element> buttons(Document page) {
        return page.select("button:not([type=button]):not([type=reset]), input[type=submit]").stream()
                .filter(button -> form(button).isPresent())
                .toList();
    }

    static Element formOf(Element button) {
        return form(button).orElseThrow();
    }

    private static Optional<Element> form(Element button) {
        String id = button.attr("form");
        return Optional.ofNullable(
                id.isEmpty() ? button.closest("form") : button.ownerDocument().getElementById(id));
    }

    private static boolean isButton(FormElement form, String name) {
        return form.elements().stream()
                .anyMatch(element -> element.attr("name").equals(name)
                        && (element.is("button") || element.is("input[type=submit]")));
    }

    private HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", "text/html");
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private Document follow(HttpRequest.Builder first) throws IOException, InterruptedException {
        HttpRequest request = first.build();
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            Optional<String> onward = answer.headers().firstValue("Location");
            if (answer.statusCode() / 100 != 3 || onward.isEmpty()) {
                page = Jsoup.parse(answer.body(), request.uri().toString());
                status = answer.statusCode();
                return page;
            }
            request = request(request.uri().resolve(onward.get())).GET().build();
        }
        throw new IOException("the redirects have no end");
    }

    private void keep(String header) {
        String[] parts = header.split(";", -1);
        String[] cookie = parts[0].split("=", 2);
        if (header.toLowerCase(Locale.ROOT).contains("max-age=0") || cookie.length < 2 || cookie[1].isEmpty()) {
            cookies.remove(cookie[0].strip());
        } else {
            cookies.put(cookie[0].strip(), cookie[1].strip());
        }
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
