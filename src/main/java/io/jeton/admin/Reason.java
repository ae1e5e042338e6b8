package io.jeton.admin;

/** Why an operator does something: for the trail, and for whoever looks at it later. */
final class Reason {
    private static final String UNSAID = "by an operator";
    private static final int LONGEST = 200;

    private Reason() {}

    /** What a body says that says nothing else, and need not be there. @throws ProblemException where it is wrong */
    static String read(Operation operation) {
        if (!operation.hasBody()) {
            return UNSAID;
        }
        JsonBody body = operation.body();
        String reason = of(body);
        body.check();
        return reason;
    }

    static String of(JsonBody body) {
        return Said.by(body).text("reason", LONGEST).orElse(UNSAID);
    }
}
