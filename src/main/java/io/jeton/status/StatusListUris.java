package io.jeton.status;

import io.jeton.discovery.Issuer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Where the status of a grant is found. */
@ApplicationScoped
public final class StatusListUris {
    static final String PATH = "/statuslists";

    private final Issuer issuer;

    StatusListUris(Issuer issuer) {
        this.issuer = issuer;
    }

    /** The {@code status} claim of an access token (Token Status List §6.1, §6.2). */
    public Map<String, Object> claim(long statusIndex) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("idx", statusIndex % TokenStatuses.LIST_SIZE);
        reference.put("uri", of(Math.toIntExact(statusIndex / TokenStatuses.LIST_SIZE)));
        return Map.of("status_list", reference);
    }

    String of(int list) {
        return issuer.uri(PATH + "/" + list);
    }

    /** The first so many. */
    List<String> first(int lists) {
        return IntStream.range(0, lists).mapToObj(this::of).toList();
    }
}
