package io.jeton.crypto;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The MAC secrets in force: one seals, all open. Immutable. */
public final class MacKeys {
    private final MacKey active;
    private final Map<Integer, MacKey> byVersion;

    /** @param all every key that may open, the active one among them */
    public MacKeys(MacKey active, List<MacKey> all) {
        this.active = active;
        this.byVersion = all.stream().collect(Collectors.toUnmodifiableMap(MacKey::version, Function.identity()));
    }

    public MacKey active() {
        return active;
    }

    public List<MacKey> all() {
        return List.copyOf(byVersion.values());
    }

    public Optional<MacKey> byVersion(int version) {
        return Optional.ofNullable(byVersion.get(version));
    }
}
