package io.jeton.admin;

/** Why an operator does something: for the trail, and for whoever looks at it later. */
public final class Reason {
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
        return of(Said.by(body));
    }

    public static String of(Said said) {
        return said.text("reason", LONGEST).orElse(UNSAID);
    }
}
