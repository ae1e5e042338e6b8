package io.jeton.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.jeton.discovery.Issuer;
import io.jeton.managed.Change;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the admin API answers. */
@ApplicationScoped
public final class Answers {
    private final Issuer issuer;

    Answers(Issuer issuer) {
        this.issuer = issuer;
    }

    /** A part of a list, and where it goes on. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(
            @JsonProperty("items") List<?> items,
            @JsonProperty("next") @Nullable String next) {}

    /** One thing and its version (RFC 9110 §8.8.3). */
    static Response one(Object thing, long version) {
        return json(Response.ok(), thing, version);
    }

    /** A thing that has no version. */
    static Response one(Object thing) {
        return Response.ok(thing, MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** @param path where the new thing is found, below the issuer, encoded */
    Response created(String path, Object thing, long version) {
        return json(Response.created(URI.create(issuer.uri(path))), thing, version);
    }

    /** @param path where its progress is found, below the issuer */
    Response accepted(String path, Object thing) {
        return Response.accepted(thing)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .location(URI.create(issuer.uri(path)))
                .build();
    }

    static Response nothing() {
        return Response.noContent().build();
    }

    /**
     * A page of a list; the next one is found by {@code next} and by the header Link (RFC 8288).
     *
     * @param next the key to go on after
     */
    Response page(HttpServerRequest http, List<?> items, Optional<String> next) {
        Optional<String> address = next.map(key -> nextPage(http, key));
        Response.ResponseBuilder response =
                Response.ok(new Part(items, address.orElse(null)), MediaType.APPLICATION_JSON_TYPE);
        address.ifPresent(uri -> response.header(HttpHeaders.LINK, "<" + uri + ">; rel=\"next\""));
        return response.build();
    }

    /** What came of a change, or the problem that kept it from happening. @throws ProblemException */
    public static <T> T done(Change<T> change, String alreadyExists) {
        if (change instanceof Change.Done<T> done) {
            return done.value();
        } else if (change instanceof Change.Invalid<T> invalid) {
            throw ProblemException.invalid(invalid.violations());
        } else if (change instanceof Change.NotFound<T>) {
            throw ProblemException.notFound();
        } else if (change instanceof Change.AlreadyExists<T>) {
            throw ProblemException.alreadyExists(alreadyExists);
        } else if (change instanceof Change.OtherVersion<T>) {
            throw ProblemException.changedMeanwhile();
        } else if (change instanceof Change.DeclaredElsewhere<T> declared) {
            throw ProblemException.declaredElsewhere(declared.source());
        }
        throw new IllegalStateException("no such outcome");
    }

    /** The same request for what comes after; every other parameter stays as it was sent. */
    private String nextPage(HttpServerRequest http, String key) {
        String query = http.query() == null ? "" : http.query();
        String parameters = Stream.concat(
                        Stream.of(query.split("&", -1)).filter(part -> !part.isEmpty() && !part.startsWith("after=")),
                        Stream.of("after=" + Cursor.of(key)))
                .collect(Collectors.joining("&"));
        return issuer.uri(http.path() + "?" + parameters);
    }

    private static Response json(Response.ResponseBuilder response, Object thing, long version) {
        return response.type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.ETAG, IfMatch.tag(version))
                .entity(thing)
                .build();
    }
}
