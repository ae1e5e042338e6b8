package io.jeton.user;

import io.jeton.crypto.MacKey;
import io.jeton.crypto.MacKeys;
import io.jeton.discovery.Issuer;
import io.jeton.protocol.FormParameters;
import io.jeton.protocol.Identifier;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Forms that another site fills in are refused (RFC 8628 §5.4 asks for a person's own decision): each form carries the
 * MAC of its browser's name, and a browser that says where a form comes from must name us.
 */
@ApplicationScoped
public final class FormGuard {
    /** The hidden field of every form. */
    public static final String FIELD = "csrf";

    private final BrowserCookies cookies;
    private final Supplier<MacKeys> macKeys;
    private final String origin;

    FormGuard(BrowserCookies cookies, Supplier<MacKeys> macKeys, Issuer issuer) {
        this.cookies = cookies;
        this.macKeys = macKeys;
        this.origin = origin(issuer.value());
    }

    /** The value of the hidden field in forms for this visitor. */
    public String token(Visitor visitor) {
        return token(macKeys.get().active(), visitor.browser());
    }

    /** @throws ForgedFormException where the form is not from a page that we gave to this browser */
    public void check(HttpServerRequest request, FormParameters form) {
        String from = request.getHeader("Origin");
        if (from != null && !from.equals(origin)) {
            throw new ForgedFormException("a form comes from another origin");
        }
        String browser =
                cookies.browser(request).orElseThrow(() -> new ForgedFormException("a form comes without its cookie"));
        byte[] presented = form.get(FIELD).orElse("").getBytes(StandardCharsets.UTF_8);
        boolean genuine = false;
        for (MacKey key : macKeys.get().all()) {
            byte[] expected = token(key, browser).getBytes(StandardCharsets.UTF_8);
            genuine |= MessageDigest.isEqual(expected, presented);
        }
        if (!genuine) {
            throw new ForgedFormException("a form has not its browser's token");
        }
    }

    /** As a browser writes it (RFC 6454 §6.2): lower case, and without the port that the scheme has anyway. */
    static String origin(String issuer) {
        URI uri = URI.create(issuer);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
    }

    private static String token(MacKey key, String browser) {
        return Identifier.of(key.tag("csrf", browser.getBytes(StandardCharsets.UTF_8)));
    }
}
