package io.jeton.bench;

import io.jeton.bench.load.ProcessTree;
import io.jeton.bench.load.Target;

/** A provider that runs as a process, ready for load. */
interface Served extends AutoCloseable {
    String name();

    Target target();

    ProcessTree process();

    @Override
    void close();
}
