package io.jeton.conformance;

/**
 * One behaviour of a server.
 *
 * @param section where it is specified, as {@code RFC 8628 §3.5}
 * @param title what the server does, as a sentence
 */
public record Case(String section, Level level, String title, Check check) {

    /** Plays it against a server. */
    public interface Check {
        Verdict run(Server server) throws Exception;
    }

    /** Never throws: a server that does not answer fails the case and not the run. */
    public Verdict run(Server server) {
        try {
            return check.run(server);
        } catch (NotOfferedException e) {
            return Verdict.skipped(String.valueOf(e.getMessage()));
        } catch (UnexpectedException e) {
            return Verdict.failed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.failed("interrupted");
        } catch (Exception e) {
            return Verdict.failed(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
