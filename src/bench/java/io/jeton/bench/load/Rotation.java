package io.jeton.bench.load;

import io.vertx.core.Future;
import java.util.Random;

/** Refreshes devices of a fleet at random; each worker has its own share of them. */
public final class Rotation implements Scenario {
    private final Device device;
    private final Tokens tokens;
    private final Random random;
    private final int worker;
    private final int workers;

    /** The tokens the devices have; those of the fleet are computed, not kept. */
    public interface Tokens {
        int size();

        String token(int device);

        /** The token was used: the device has the next one. */
        void rotated(int device);
    }

    public Rotation(Target target, Http http, Tokens tokens, int worker, int workers) {
        this.device = new Device(target, http);
        this.tokens = tokens;
        this.random = new Random(worker);
        this.worker = worker;
        this.workers = workers;
    }

    @Override
    public Future<Answer> once() {
        int index = random.nextInt(tokens.size() / workers) * workers + worker;
        return device.refresh(tokens.token(index)).map(answer -> {
            Answer granted = answer.require(200);
            tokens.rotated(index);
            return granted;
        });
    }
}
