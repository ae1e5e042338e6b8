package io.jeton.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Where an answer goes: what was asked for to standard output, a complaint of a person's command beside it. */
final class Output {
    private Output() {}

    /** @return how the command ends: an answer that nobody got is none */
    static ExitCode show(Order order, Answer answer, ObjectMapper json) {
        boolean told = true;
        if (order.json()) {
            told = Terminal.answer(json(answer.document(), json));
        } else if (answer.exitCode() == ExitCode.DONE || order.noun().equals(DoctorCommand.NOUN)) {
            told = Terminal.answer(answer.text());
        } else {
            Terminal.complain(answer.text());
        }
        if (told) {
            return answer.exitCode();
        }
        Terminal.complain("The answer could not be written to standard output. The audit trail says what was done.");
        return ExitCode.FAILED;
    }

    private static String json(Object document, ObjectMapper json) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is not JSON", e);
        }
    }
}
