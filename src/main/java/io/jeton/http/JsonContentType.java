package io.jeton.http;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** JSON is UTF-8, and its media type has no parameter to say so (RFC 8259 §11); the framework adds one all the same. */
public final class JsonContentType {
    private static final String WITH_CHARSET = MediaType.APPLICATION_JSON + ";charset=UTF-8";

    @ServerResponseFilter
    public void withoutCharset(ContainerResponseContext response) {
        if (WITH_CHARSET.equals(response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))) {
            response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
