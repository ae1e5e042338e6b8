package io.jeton.user;

import io.jeton.http.RemoteAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Recognises who sends a request to a page. */
@ApplicationScoped
public final class Visitors {
    private final BrowserCookies cookies;
    private final BrowserSessionRepository sessions;
    private final RemoteAddress remoteAddress;

    Visitors(BrowserCookies cookies, BrowserSessionRepository sessions, RemoteAddress remoteAddress) {
        this.cookies = cookies;
        this.sessions = sessions;
        this.remoteAddress = remoteAddress;
    }

    public Uni<Visitor> recognise(HttpServerRequest request) {
        String browser = cookies.browser(request).orElseGet(cookies::nameBrowser);
        String address = remoteAddress.of(request);
        return cookies.session(request)
                .map(sessions::find)
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(session -> new Visitor(browser, session, address));
    }
}
