package io.jeton.admin;

import io.jeton.device.registry.Device;
import io.jeton.device.registry.DeviceOutcome;
import java.util.function.Function;

/** What came of an order about a device. */
public final class DeviceAnswers {
    private DeviceAnswers() {}

    /** The device, or the problem that kept the order from being carried out. @throws ProblemException */
    public static Device done(DeviceOutcome outcome, Function<DeviceOutcome.NotPossible, String> otherwise) {
        if (outcome instanceof DeviceOutcome.Done done) {
            return done.device();
        } else if (outcome instanceof DeviceOutcome.NotFound) {
            throw ProblemException.notFound();
        } else if (outcome instanceof DeviceOutcome.Changed) {
            throw ProblemException.changedMeanwhile();
        } else if (outcome instanceof DeviceOutcome.NotPossible not) {
            throw ProblemException.notPossible(otherwise.apply(not));
        }
        throw new IllegalStateException("no such outcome");
    }

    public static String inState(DeviceOutcome.NotPossible not) {
        return "the device is " + Wire.word(not.state());
    }

    public static String nothingToEnd(DeviceOutcome.NotPossible not) {
        return "the device has nothing that could end";
    }
}
