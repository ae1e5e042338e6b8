package io.jeton.bench.load;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Devices on a bad network, all at once: what the server did is done, and the answer never comes; the device sleeps, and
 * asks again with the token that it has.
 */
public final class LostAnswers {
    private static final double LOST_REQUESTS = 0.05;

    private final Device device;
    private final Http http;
    private final Duration longestSleep;
    private final long seed;

    /**
     * @param longestSleep of a device before each attempt, at least a millisecond
     * @param seed of the first device's losses and sleep; each device has its own, whatever happens to the others
     */
    public LostAnswers(Target target, Http http, Duration longestSleep, long seed) {
        this.device = new Device(target, http);
        this.http = http;
        this.longestSleep = longestSleep;
        this.seed = seed;
    }

    /**
     * The refresh tokens of so many devices, each signed in for and approved by itself. Blocks.
     *
     * @param people so many approve at once
     */
    public List<String> approved(int devices, int people) throws Exception {
        // What a provider keeps of a person's first consent to a client is there before several come at once.
        device.tokens();
        Callable<String> approval = () -> device.tokens().getString("refresh_token");
        List<String> tokens = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(people);
        try {
            for (var token : threads.invokeAll(Collections.nCopies(devices, approval))) {
                tokens.add(token.get());
            }
            return tokens;
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Lets devices refresh so often each, as far as they come. Blocks.
     *
     * @param tokens one of each device
     * @param loss the share of answers that is lost, 0 to 1
     * @return the tokens that are left; a device that is locked out has none
     */
    public List<String> refresh(List<String> tokens, int refreshes, double loss) {
        List<Future<Optional<String>>> devices = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            devices.add(refreshed(tokens.get(i), refreshes, loss, new SplittableRandom(seed + i)));
        }
        Http.await(Future.all(devices));
        return devices.stream().flatMap(device -> device.result().stream()).toList();
    }

    private Future<Optional<String>> refreshed(String token, int left, double loss, SplittableRandom random) {
        if (left == 0) {
            return Future.succeededFuture(Optional.of(token));
        }
        return asleep(random).compose(awake -> {
            if (random.nextDouble() < LOST_REQUESTS) {
                return refreshed(token, left, loss, random);
            }
            return device.refresh(token).compose(answer -> {
                if (answer.status() == 400 && answer.error().equals("invalid_grant")) {
                    return Future.succeededFuture(Optional.empty());
                }
                String next = answer.require(200).json().getString("refresh_token");
                return random.nextDouble() < loss
                        ? refreshed(token, left, loss, random)
                        : refreshed(next, left - 1, loss, random);
            });
        });
    }

    private Future<Void> asleep(SplittableRandom random) {
        long millis = 1 + random.nextLong(longestSleep.toMillis());
        return http.vertx().timer(millis, TimeUnit.MILLISECONDS).mapEmpty();
    }
}
