package io.jeton.device;

import io.jeton.discovery.Issuer;
import io.jeton.user.BrowserCookies;
import io.jeton.user.BrowserSession;
import io.jeton.user.FormGuard;
import io.jeton.user.Visitor;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The pages as answers: rendered, never cached, and closed to scripts, frames and foreign assets. */
@ApplicationScoped
final class Pages {
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'";
    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

    private final Issuer issuer;
    private final FormGuard guard;
    private final BrowserCookies cookies;

    Pages(Issuer issuer, FormGuard guard, BrowserCookies cookies) {
        this.issuer = issuer;
        this.guard = guard;
        this.cookies = cookies;
    }

    Uni<Response> code(Visitor visitor, CodeForm form) {
        return page(form.error().isEmpty() ? 200 : 400, visitor, PageTemplates.code(frame(visitor), form));
    }

    Uni<Response> signIn(Visitor visitor, SignInForm form) {
        return page(form.error().isEmpty() ? 200 : 403, visitor, PageTemplates.signIn(frame(visitor), form));
    }

    Uni<Response> confirm(Visitor visitor, Confirmation request) {
        return page(200, visitor, PageTemplates.confirm(frame(visitor), request));
    }

    Uni<Response> devices(Visitor visitor, DeviceCards cards) {
        return page(200, visitor, PageTemplates.devices(frame(visitor), cards));
    }

    /** @param error what is wrong with the name that was typed; empty where nothing is */
    Uni<Response> oneDevice(Visitor visitor, DeviceCard device, String told, String error) {
        return page(error.isEmpty() ? 200 : 400, visitor, PageTemplates.oneDevice(frame(visitor), device, told, error));
    }

    Uni<Response> revocation(Visitor visitor, DeviceCard device) {
        return page(200, visitor, PageTemplates.revocation(frame(visitor), device));
    }

    Uni<Response> home(Visitor visitor) {
        return page(200, visitor, PageTemplates.home(frame(visitor)));
    }

    Uni<Response> notice(int status, Visitor visitor, Notice notice) {
        return page(status, visitor, PageTemplates.notice(frame(visitor), notice));
    }

    /** A notice for whoever it is: the request was refused before that was known. */
    Uni<Response.ResponseBuilder> notice(int status, Notice notice) {
        PageFrame frame = new PageFrame(issuer.path(), "", "");
        return render(status, PageTemplates.notice(frame, notice));
    }

    /** Back to the start, by GET: a reload then sends no form again. */
    Response toStart() {
        return to("/device");
    }

    /** Somewhere else, by GET. */
    Response to(String path) {
        return seeOther(path).build();
    }

    Response signedIn(String path, BrowserSession started) {
        return seeOther(path)
                .header(HttpHeaders.SET_COOKIE, cookies.rename())
                .header(HttpHeaders.SET_COOKIE, cookies.set(started))
                .build();
    }

    Response signedOut() {
        return seeOther("/device")
                .header(HttpHeaders.SET_COOKIE, cookies.rename())
                .header(HttpHeaders.SET_COOKIE, cookies.clearSession())
                .build();
    }

    /** A notice for who was signed in until now. */
    Uni<Response> signedOut(Notice notice) {
        return notice(200, notice).map(response -> response.header(HttpHeaders.SET_COOKIE, cookies.rename())
                .header(HttpHeaders.SET_COOKIE, cookies.clearSession())
                .build());
    }

    private Response.ResponseBuilder seeOther(String path) {
        return guarded(Response.status(Response.Status.SEE_OTHER)).header(HttpHeaders.LOCATION, issuer.path() + path);
    }

    private Uni<Response> page(int status, Visitor visitor, TemplateInstance template) {
        return render(status, template).map(response -> response.header(HttpHeaders.SET_COOKIE, cookies.set(visitor))
                .build());
    }

    private PageFrame frame(Visitor visitor) {
        String person =
                visitor.session().map(session -> session.account().name()).orElse("");
        return new PageFrame(issuer.path(), guard.token(visitor), person);
    }

    private Uni<Response.ResponseBuilder> render(int status, TemplateInstance template) {
        return template.createUni()
                .map(html -> guarded(Response.status(status)).type(HTML).entity(html));
    }

    private Response.ResponseBuilder guarded(Response.ResponseBuilder response) {
        if (issuer.isSecure()) {
            // People type this address, and leave the https away (RFC 6797 §2.3.1).
            response.header("Strict-Transport-Security", "max-age=31536000");
        }
        // Not no-referrer: a browser would then say "Origin: null" even for our own forms (Fetch, origin header).
        return response.header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "same-origin")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
