package io.jeton.bench.load;

import java.util.SplittableRandom;

/** Devices on a bad network: what the server did is done, and the answer never comes; the device asks again. */
public final class LostAnswers {
    private final Device device;
    private final double loss;
    private final long seed;

    /**
     * @param loss the share of answers that is lost, 0 to 1
     * @param seed of the first device's losses; each device has its own, whatever happens to the others
     */
    public LostAnswers(Target target, Http http, double loss, long seed) {
        this.device = new Device(target, http);
        this.loss = loss;
        this.seed = seed;
    }

    /** How many of so many devices could not refresh so often, and must be approved anew. Blocks. */
    public int lockedOut(int devices, int refreshes) throws Exception {
        int lockedOut = 0;
        for (int i = 0; i < devices; i++) {
            lockedOut += survives(device.tokens().getString("refresh_token"), refreshes, new SplittableRandom(seed + i))
                    ? 0
                    : 1;
        }
        return lockedOut;
    }

    private boolean survives(String first, int refreshes, SplittableRandom random) {
        String token = first;
        int done = 0;
        while (done < refreshes) {
            Answer answer = Http.await(device.refresh(token));
            if (answer.status() == 400 && answer.error().equals("invalid_grant")) {
                return false;
            }
            String next = answer.require(200).json().getString("refresh_token");
            if (random.nextDouble() >= loss) {
                token = next;
                done++;
            }
        }
        return true;
    }
}
