package io.jeton.user;

import io.jeton.crypto.MacKeys;
import io.jeton.crypto.Randomness;
import io.jeton.crypto.TokenSeal;
import io.jeton.discovery.Issuer;
import io.jeton.protocol.Identifier;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The two cookies of a browser: its random name, which forms are bound to, and the sealed session. {@code Lax}, since a
 * person comes from a camera or a mail; the prefix {@code __Host-} keeps other hosts from planting one.
 */
@ApplicationScoped
public final class BrowserCookies {
    private static final TokenSeal SESSION = TokenSeal.ofRow("jss_");
    private static final Pattern BROWSER = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final int BROWSER_BYTES = 16;

    private final String prefix;
    private final String attributes;
    private final Randomness randomness;
    private final Supplier<MacKeys> macKeys;

    BrowserCookies(Issuer issuer, Randomness randomness, Supplier<MacKeys> macKeys) {
        this.prefix = issuer.isSecure() ? "__Host-" : "";
        this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + (issuer.isSecure() ? "; Secure" : "");
        this.randomness = randomness;
        this.macKeys = macKeys;
    }

    /** The name the browser has. */
    Optional<String> browser(HttpServerRequest request) {
        return read(request, "jeton-browser")
                .filter(value -> BROWSER.matcher(value).matches());
    }

    /** A name for a browser that has none. */
    String nameBrowser() {
        return Identifier.of(randomness.bytes(BROWSER_BYTES));
    }

    Optional<UUID> session(HttpServerRequest request) {
        return read(request, "jeton-session")
                .flatMap(token -> SESSION.open(macKeys.get(), token))
                .map(TokenSeal.Content::id);
    }

    /** The header {@code Set-Cookie} that names the browser. */
    public String set(Visitor visitor) {
        return write("jeton-browser", visitor.browser());
    }

    /** The header {@code Set-Cookie} that names the browser anew: forms from before belong to whoever was there before. */
    public String rename() {
        return write("jeton-browser", nameBrowser());
    }

    /** The header {@code Set-Cookie} that signs in. */
    public String set(BrowserSession session) {
        return write("jeton-session", SESSION.seal(macKeys.get().active(), session.id(), 0));
    }

    /** The header {@code Set-Cookie} that signs out. */
    public String clearSession() {
        return write("jeton-session", "") + "; Max-Age=0";
    }

    private String write(String name, String value) {
        return prefix + name + "=" + value + attributes;
    }

    private Optional<String> read(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getCookie(prefix + name)).map(Cookie::getValue);
    }
}
