package io.jeton.declaration;

import java.util.List;
import java.util.Map;

/** A piece of the file, and the line it begins in. */
sealed interface Node {
    int line();

    /** What a plain value was written as. */
    enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        NOTHING
    }

    record Scalar(int line, Kind kind, String text) implements Node {
        /** Without the text, which may be a secret. */
        @Override
        public String toString() {
            return "Scalar[" + kind + "]";
        }
    }

    record Sequence(int line, List<Node> items) implements Node {}

    record Mapping(int line, Map<String, Node> members) implements Node {}
}
