package io.jeton.http;

import io.jeton.protocol.FormParameters;
import io.jeton.protocol.OAuthException;
import io.vertx.core.http.HttpServerRequest;

/** A POST to a protocol endpoint: the parameters are in the body, and nowhere else (RFC 6749 §3.2). */
public final class FormRequest {
    private FormRequest() {}

    /** @throws OAuthException {@code invalid_request} for parameters in the query or a body that is not a form */
    public static FormParameters read(HttpServerRequest request, byte[] body) {
        String query = request.query();
        if (query != null && !query.isEmpty()) {
            throw OAuthException.invalidRequest("the parameters belong into the body, not into the query");
        }
        return FormParameters.parse(request.getHeader("Content-Type"), body);
    }
}
