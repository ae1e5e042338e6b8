package io.jeton.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Where an answer goes: what was asked for to standard output, a complaint of a person's command beside it. */
final class Output {
    private Output() {}

    static void show(Order order, Answer answer, ObjectMapper json) {
        if (order.json()) {
            Terminal.answer(json(answer.document(), json));
        } else if (answer.exitCode() == ExitCode.DONE || order.noun().equals(DoctorCommand.NOUN)) {
            Terminal.answer(answer.text());
        } else {
            Terminal.complain(answer.text());
        }
    }

    private static String json(Object document, ObjectMapper json) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is not JSON", e);
        }
    }
}
