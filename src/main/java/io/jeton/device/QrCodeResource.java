package io.jeton.device;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The QR code of {@code verification_uri_complete}, for a device with a screen: RFC 8628 §3.3.1. Asks no database. */
@Path("/device/qr.svg")
public final class QrCodeResource {
    private final VerificationUri uri;

    QrCodeResource(VerificationUri uri) {
        this.uri = uri;
    }

    @GET
    @NonBlocking
    public Response draw(@QueryParam("user_code") @Nullable String typed) {
        Optional<UserCode> code = UserCode.parse(typed == null ? "" : typed);
        return code.map(known -> answer(Response.Status.OK, "image/svg+xml", QrCodeImage.svg(uri.complete(known))))
                .orElseGet(() -> answer(
                        Response.Status.BAD_REQUEST, MediaType.TEXT_PLAIN, "user_code is not the code of a device\n"));
    }

    private static Response answer(Response.Status status, String type, String body) {
        return Response.status(status)
                .type(type)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .entity(body)
                .build();
    }
}
