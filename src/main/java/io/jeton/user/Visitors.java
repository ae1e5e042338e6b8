package io.jeton.user;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Recognises who sends a request to a page. */
@ApplicationScoped
public final class Visitors {
    private final BrowserCookies cookies;
    private final BrowserSessionRepository sessions;

    Visitors(BrowserCookies cookies, BrowserSessionRepository sessions) {
        this.cookies = cookies;
        this.sessions = sessions;
    }

    public Uni<Visitor> recognise(HttpServerRequest request) {
        String browser = cookies.browser(request).orElseGet(cookies::nameBrowser);
        String address = request.remoteAddress().hostAddress();
        return cookies.session(request)
                .map(sessions::find)
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(session -> new Visitor(browser, session, address));
    }
}
