package io.jeton.http;

import java.time.Duration;
import java.util.List;

/** A document that is the same for everyone who asks, and where it is found. */
public interface Publication {
    List<String> paths();

    /** As it is now. */
    PublicDocument document();

    Duration maxAge();
}
