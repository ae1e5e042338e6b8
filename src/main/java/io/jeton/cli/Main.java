package io.jeton.cli;

import io.jeton.ops.Serving;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the artifact begins: with no argument it is the service, with some it runs one command and ends. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... args) {
        if (args.length == 0) {
            Serving.start();
        } else {
            CommandMode.run(args);
        }
    }
}
