package io.jeton.bench.load;

import io.vertx.core.Future;

/** What one worker does, again and again, and nothing else meanwhile. */
public interface Scenario {
    /** Does it once. Fails with an {@link UnexpectedAnswer} where the answer is not the one that belongs to it. */
    Future<Answer> once();
}
