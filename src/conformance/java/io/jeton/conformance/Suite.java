package io.jeton.conformance;

import java.util.List;

/** The cases of one specification, or of one part of it. A new feature adds a suite to {@link Kit}. */
public interface Suite {
    List<Case> cases();
}
