package io.jeton.client;

import io.jeton.jose.InvalidJwtException;
import io.jeton.jose.PublicJwkSet;
import io.jeton.jose.SignedJwt;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** The key sets of clients that sign: as registered, or fetched and kept for a while. */
@ApplicationScoped
final class ClientKeySets {
    private static final Logger LOG = Logger.getLogger(ClientKeySets.class);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(30);

    private final KeySetFetch fetch;
    private final ClientKeysConfig config;
    private final Clock clock;
    private final Map<String, Fetched> fetched = new ConcurrentHashMap<>();
    private final Map<String, Fetched> renewals = new ConcurrentHashMap<>();

    ClientKeySets(KeySetFetch fetch, ClientKeysConfig config, Clock clock) {
        this.fetch = fetch;
        this.config = config;
        this.clock = clock;
    }

    /** A fetch that is under way or done; all who wait share it. */
    private record Fetched(Instant at, Uni<PublicJwkSet> keys) {
        boolean isYoung(Duration age, Instant now) {
            return now.isBefore(at.plus(age));
        }
    }

    /** The keys that may have signed a token of this client; fails with {@link InvalidJwtException}. */
    Uni<PublicJwkSet> of(Client.PublicKeys keys, SignedJwt jwt) {
        return of(keys, set -> set.mayVerify(jwt));
    }

    /**
     * The keys of a client; fails with {@link InvalidJwtException}.
     *
     * @param does whether a set has what is looked for, or must be fetched anew
     */
    Uni<PublicJwkSet> of(Client.PublicKeys keys, Predicate<PublicJwkSet> does) {
        if (keys.jwks() != null) {
            return Uni.createFrom().item(PublicJwkSet.read(keys.jwks()));
        }
        String uri = String.valueOf(keys.jwksUri());
        return get(uri).chain(set -> does.test(set) ? Uni.createFrom().item(set) : renewed(uri));
    }

    private Uni<PublicJwkSet> get(String uri) {
        Instant now = clock.instant();
        return fetched.compute(
                        uri,
                        (key, present) -> present != null && present.isYoung(config.maxAge(), now)
                                ? present
                                : new Fetched(now, once(fetch(uri).onFailure().invoke(() -> retryLater(uri)))))
                .keys;
    }

    /**
     * The client may have a new key since. Strangers can ask for this, so the set stays in use meanwhile, and where nothing
     * better comes.
     */
    private Uni<PublicJwkSet> renewed(String uri) {
        Instant now = clock.instant();
        Fetched known = fetched.get(uri);
        if (known != null && known.isYoung(AT_MOST_EVERY, now)) {
            return known.keys;
        }
        return renewals.compute(
                        uri,
                        (key, present) -> present != null && present.isYoung(AT_MOST_EVERY, now)
                                ? present
                                : new Fetched(now, once(fetch(uri).invoke(set -> keep(uri, set, now)))))
                .keys;
    }

    private Uni<PublicJwkSet> fetch(String uri) {
        return fetch.fetch(URI.create(uri))
                .onFailure()
                .invoke(failure -> LOG.warnf("a client's key set is not fetched: %s", failure.toString()))
                .onFailure(failure -> !(failure instanceof InvalidJwtException))
                .transform(failure -> new InvalidJwtException("the client's key set cannot be fetched now"));
    }

    private static Uni<PublicJwkSet> once(Uni<PublicJwkSet> fetch) {
        return fetch.memoize().indefinitely();
    }

    private void keep(String uri, PublicJwkSet set, Instant at) {
        fetched.put(uri, new Fetched(at, Uni.createFrom().item(set)));
    }

    /** A failure is not kept for as long as an answer. */
    private void retryLater(String uri) {
        Instant asIfAt = clock.instant().minus(config.maxAge()).plus(AT_MOST_EVERY);
        fetched.computeIfPresent(uri, (key, present) -> new Fetched(asIfAt, present.keys));
    }
}
