package io.jeton.bench.load;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** The whole of RFC 8628: the request, the person's approval in the pages, the poll that brings the tokens. */
final class DeviceFlow implements Scenario {
    private static final int PATIENCE = 3;

    private final Target target;
    private final Http http;
    private final Device device;

    DeviceFlow(Target target, Http http) {
        this.target = target;
        this.http = http;
        this.device = new Device(target, http);
    }

    @Override
    public Future<Answer> once() {
        return device.ask()
                .map(answer -> Device.Code.of(answer.require(200).json()))
                .compose(code -> approve(code).compose(approved -> redeem(code, PATIENCE)));
    }

    /** Where the approval is not known yet the device asks again, at its interval, as any device does (RFC 8628 §3.5). */
    private Future<Answer> redeem(Device.Code code, int patience) {
        return device.poll(code).compose(answer -> {
            if (patience > 0 && answer.status() == 400 && answer.error().equals("authorization_pending")) {
                return http.vertx()
                        .timer(code.interval().toMillis(), TimeUnit.MILLISECONDS)
                        .compose(passed -> redeem(code, patience - 1));
            }
            return Future.succeededFuture(answer.require(200));
        });
    }

    private Future<Void> approve(Device.Code code) {
        return http.vertx()
                .executeBlocking(
                        () -> {
                            target.approver().approve(code.verification());
                            return null;
                        },
                        false);
    }
}
