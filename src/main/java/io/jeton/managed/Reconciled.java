package io.jeton.managed;

import java.util.List;

/**
 * What a reconciliation changed, by id.
 *
 * @param withdrawn what is declared no longer, and was disabled
 */
public record Reconciled(List<String> created, List<String> changed, List<String> withdrawn) {
    public boolean isEmpty() {
        return created.isEmpty() && changed.isEmpty() && withdrawn.isEmpty();
    }
}
