package io.jeton.user;

import java.util.Optional;

/**
 * Who looks at a page.
 *
 * @param browser a random name of the browser, which says nothing about the person
 * @param address where the request comes from
 */
public record Visitor(String browser, Optional<BrowserSession> session, String address) {
    /** Without the browser's name: whoever knows it can forge a form. */
    @Override
    public String toString() {
        return "Visitor[" + session.map(BrowserSession::account) + "]";
    }
}
