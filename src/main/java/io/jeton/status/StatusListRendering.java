package io.jeton.status;

import io.jeton.http.PublicDocument;
import io.jeton.keys.KeyAlgorithm;
import io.jeton.keys.TokenSigner;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes status list tokens (Token Status List §5.1); what has not changed is kept as it is. */
@ApplicationScoped
final class StatusListRendering {
    static final String SUBTYPE = "statuslist+jwt";
    private static final MediaType MEDIA_TYPE = new MediaType("application", SUBTYPE);
    /** The first tokens of the next list are there before every replica has heard of them. */
    private static final int AHEAD = 1;

    private final StatusListUris uris;
    private final StatusListPolicy policy;
    private final TokenSigner signer;
    private final Clock clock;

    StatusListRendering(StatusListUris uris, StatusListPolicy policy, TokenSigner signer, Clock clock) {
        this.uris = uris;
        this.policy = policy;
        this.signer = signer;
        this.clock = clock;
    }

    /** All lists, and one ahead. Compresses: not for an event loop. */
    Uni<List<StatusListToken>> render(TokenStatuses statuses, List<StatusListToken> former) {
        return Multi.createFrom()
                .items(IntStream.range(0, statuses.lists() + AHEAD).boxed())
                .onItem()
                .transformToUniAndConcatenate(
                        list -> render(list, statuses.of(list), list < former.size() ? former.get(list) : null))
                .collect()
                .asList();
    }

    private Uni<StatusListToken> render(int list, long[] entries, @Nullable StatusListToken former) {
        Instant now = clock.instant();
        var signing = new StatusListToken.Signing(
                signer.kid(KeyAlgorithm.ES256), policy.period(now), now.plus(policy.lifetime()));
        if (former != null && former.isCurrent(entries, signing)) {
            return Uni.createFrom().item(former);
        }
        String known = former == null ? null : former.lstOf(entries);
        String lst = known == null ? TokenStatuses.pack(entries).lst() : known;
        // Replicas that sign the same say so: their tokens differ in the signature, and a second or two.
        String version = list + " " + signing.kid() + " " + signing.period() + " " + lst;
        return signer.sign(claims(list, lst, now, signing), SUBTYPE, KeyAlgorithm.ES256)
                .map(jwt -> new StatusListToken(
                        entries, lst, signing, PublicDocument.equivalent(jwt, MEDIA_TYPE, version)));
    }

    private Map<String, Object> claims(int list, String lst, Instant now, StatusListToken.Signing signing) {
        Map<String, Object> statusList = new LinkedHashMap<>();
        statusList.put("bits", StatusList.BITS);
        statusList.put("lst", lst);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", uris.of(list));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", signing.expiresAt().getEpochSecond());
        claims.put("ttl", policy.ttl().toSeconds());
        claims.put("status_list", statusList);
        return claims;
    }
}
