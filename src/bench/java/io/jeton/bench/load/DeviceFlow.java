package io.jeton.bench.load;

import io.vertx.core.Future;

/** The whole of RFC 8628: the request, the person's approval in the pages, the poll that brings the tokens. */
final class DeviceFlow implements Scenario {
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
                .compose(code -> approve(code).compose(approved -> device.poll(code)))
                .map(answer -> answer.require(200));
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
