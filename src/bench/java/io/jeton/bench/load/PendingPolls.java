package io.jeton.bench.load;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Polls for codes that nobody has approved, each in its turn. */
final class PendingPolls implements Scenario {
    private static final int CODES = 20;

    private final Device device;
    private final List<Device.Code> codes = new ArrayList<>();
    private int next;

    PendingPolls(Device device) {
        this.device = device;
        for (int i = 0; i < CODES; i++) {
            codes.add(device.code());
        }
    }

    @Override
    public Future<Answer> once() {
        next = (next + 1) % CODES;
        return device.poll(codes.get(next)).map(PendingPolls::pending);
    }

    /** Polled faster than allowed, the answer is {@code slow_down} (RFC 8628 §3.5): the same work for the server. */
    private static Answer pending(Answer answer) {
        String error = answer.require(400).error();
        if (!error.equals("authorization_pending") && !error.equals("slow_down")) {
            throw new UnexpectedAnswer(error);
        }
        return answer;
    }
}
