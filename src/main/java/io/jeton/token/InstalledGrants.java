package io.jeton.token;

import io.jeton.grant.Grant;
import io.jeton.protocol.GrantTypes;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/** Says which grants there are, to those who know grants by their names alone. */
final class InstalledGrants {
    @Produces
    @Singleton
    GrantTypes types(@All List<Grant> grants) {
        return new GrantTypes(grants.stream().map(Grant::type).collect(Collectors.toUnmodifiableSet()));
    }
}
