package io.jeton.refresh;

import io.jeton.database.RowCursor;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a list of grants.
 *
 * @param next where the list goes on, if it does. A page may have fewer than asked for, or none, and yet go on: a request
 *     looks at so many rows and no more.
 */
public record GrantPage(List<StandingGrant> grants, Optional<RowCursor> next) {
    public GrantPage {
        grants = List.copyOf(grants);
    }
}
