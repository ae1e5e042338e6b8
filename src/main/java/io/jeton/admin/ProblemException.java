package io.jeton.admin;

import io.jeton.managed.Source;
import io.jeton.managed.Violation;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request to the admin API is refused: becomes a {@link Problem}. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String TYPES = "urn:jeton:problem:";

    private final transient Problem problem;

    private ProblemException(int status, @Nullable String type, String detail, @Nullable List<Problem.Fault> errors) {
        this(new Problem(
                type == null ? null : TYPES + type, Problem.title(status), status, detail, null, null, errors));
    }

    private ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** @param detail a fixed sentence: never what was sent */
    public static ProblemException badRequest(String detail) {
        return new ProblemException(400, null, detail, null);
    }

    public static ProblemException notFound() {
        return new ProblemException(404, null, "there is no such thing", null);
    }

    static ProblemException alreadyExists(String detail) {
        return new ProblemException(409, "already-exists", detail, null);
    }

    /** The state of the thing does not allow what is asked. */
    public static ProblemException notPossible(String detail) {
        return new ProblemException(409, "not-possible", detail, null);
    }

    /** More than the order allows: what was looked at has grown since. */
    static ProblemException tooMany(long matched) {
        return new ProblemException(new Problem(
                TYPES + "too-many",
                Problem.title(409),
                409,
                matched + " devices match now, more than max: look again, and decide anew; nothing has begun",
                null,
                matched,
                null));
    }

    static ProblemException declaredElsewhere(Source source) {
        String where = source == Source.CONFIGURATION ? "the configuration" : "the declarations file";
        return new ProblemException(
                409, "declared-elsewhere", "it is declared in " + where + " and is changed there alone", null);
    }

    static ProblemException changedMeanwhile() {
        return new ProblemException(
                412, "changed-meanwhile", "it was changed meanwhile: read it again, and decide anew", null);
    }

    static ProblemException tooLarge(int most) {
        return new ProblemException(413, null, "the body must have no more than " + most + " bytes", null);
    }

    static ProblemException unsupportedMediaType(String expected) {
        return new ProblemException(415, null, "the body must be " + expected, null);
    }

    static ProblemException invalid(List<Violation> violations) {
        return new ProblemException(
                422,
                "invalid",
                "the body breaks rules, and nothing was changed",
                violations.stream().map(Problem.Fault::of).toList());
    }

    static ProblemException preconditionRequired() {
        return new ProblemException(
                428,
                null,
                "this needs If-Match with the ETag of what is to be changed, or * for whatever is there",
                null);
    }

    public Problem problem() {
        return problem;
    }
}
