package io.jeton.conformance;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Someone in front of a browser who was shown a code: reads each page, signs in where a password is asked for, and
 * presses the button that says what they want, until there is nothing left to press. Knows no provider's pages. Each
 * decision is made in a browser of its own, without cookies.
 */
public final class Person {
    private static final int PATIENCE = 12;
    private static final List<String> YES = List.of(
            "approve",
            "allow",
            "accept",
            "yes",
            "continue",
            "confirm",
            "grant",
            "authorize",
            "agree",
            "submit",
            "next");
    private static final List<String> NO =
            List.of("deny", "reject", "refuse", "cancel", "abort", "decline", "don't", "no");
    private static final List<String> ELSEWHERE =
            List.of("sign out", "log out", "logout", "switch", "forgot", "register");

    private final String name;
    private final String password;

    public Person(String name, String password) {
        this.name = name;
        this.password = password;
    }

    /**
     * Approves what a device asks for; blocks until the last page is there.
     *
     * @param verification {@code verification_uri_complete}, or any address of which the person comes to the code's page
     * @throws IOException where the pages lead nowhere; the message says where they ended
     */
    public void approve(URI verification) throws IOException, InterruptedException {
        decide(verification, Optional.empty(), YES);
    }

    /** As {@link #approve}, with a code typed by hand. */
    public void approve(URI verification, String userCode) throws IOException, InterruptedException {
        decide(verification, Optional.of(userCode), YES);
    }

    /** Denies what a device asks for. */
    public void deny(URI verification) throws IOException, InterruptedException {
        decide(verification, Optional.empty(), NO);
    }

    private void decide(URI verification, Optional<String> userCode, List<String> wanted)
            throws IOException, InterruptedException {
        Browser browser = new Browser();
        Document page = browser.open(verification);
        boolean signedIn = false;
        boolean typed = false;
        boolean decided = false;
        for (int i = 0; i < PATIENCE; i++) {
            Optional<Element> signIn = form(page, "input[type=password]");
            Optional<Element> code = form(page, "input[name*=code]:not([type=hidden])");
            Document shown = page;
            // A page that asks nothing yet has only the one button, onwards.
            Optional<Element> decision = button(page, wanted).or(() -> button(shown, YES));
            if (signIn.isPresent()) {
                if (signedIn) {
                    throw new IOException("the name and the password are refused");
                }
                signIn(signIn.get());
                page = browser.submit(signIn.get(), submit(signIn.get()));
                signedIn = true;
            } else if (code.isPresent()) {
                if (typed) {
                    throw new IOException("the code is not accepted");
                }
                fill(code.get(), userCode);
                typed = true;
                page = browser.submit(code.get(), submit(code.get()));
            } else if (decision.isPresent()) {
                page = browser.submit(Browser.formOf(decision.get()), decision);
                decided = true;
                if (wanted.equals(NO) && says(decision.get(), NO)) {
                    // Some servers then ask for another code.
                    return;
                }
            } else if (decided || signedIn) {
                if (browser.hasFailed()) {
                    throw new IOException("the decision ends on a page of an error, titled '" + page.title() + "'");
                }
                return;
            } else {
                break;
            }
        }
        throw new IOException("the pages lead to no decision; the last is titled '" + page.title() + "'");
    }

    private void signIn(Element form) {
        form.select("input[type=password]").first().val(password);
        form.select("input:not([type]), input[type=text], input[type=email]")
                .first()
                .val(name);
    }

    private static void fill(Element form, Optional<String> userCode) {
        Element field = form.select("input[name*=code]:not([type=hidden])").first();
        userCode.ifPresent(field::val);
    }

    private static Optional<Element> form(Document page, String field) {
        return page.select("form").stream()
                .filter(form -> !form.select(field).isEmpty())
                .findFirst();
    }

    private static Optional<Element> submit(Element form) {
        return Browser.buttons(form.ownerDocument()).stream()
                .filter(button -> Browser.formOf(button).equals(form))
                .filter(button -> !says(button, NO) && !says(button, ELSEWHERE))
                .findFirst();
    }

    private static Optional<Element> button(Document page, List<String> wanted) {
        return Browser.buttons(page).stream()
                .filter(button -> !says(button, ELSEWHERE))
                .filter(button -> says(button, wanted) && (wanted.equals(NO) || !says(button, NO)))
                .findFirst();
    }

    /** What a person can read on it. */
    private static boolean says(Element button, List<String> words) {
        String text = (button.text().isBlank() ? button.val() : button.text()).toLowerCase(Locale.ROOT);
        List<String> spoken = Arrays.asList(text.split("[^a-z']+", -1));
        return words.stream().anyMatch(word -> word.contains(" ") ? text.contains(word) : spoken.contains(word));
    }
}
