package io.jeton.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** All cases, in the order in which a device meets them. */
public final class Kit {
    private static final List<Suite> SUITES = List.of(
            new MetadataSuite(),
            new KeySetSuite(),
            new DeviceAuthorizationSuite(),
            new DevicePollSuite(),
            new RefreshSuite(),
            new AccessTokenSuite(),
            new StatusListSuite(),
            new ErrorSuite(),
            new ClientAssertionSuite(),
            new AssertionGrantSuite(),
            new RevocationSuite(),
            new IntrospectionSuite(),
            new DpopSuite());

    private Kit() {}

    public static List<Case> cases() {
        return SUITES.stream().flatMap(suite -> suite.cases().stream()).toList();
    }

    /** Plays the cases that are chosen, one after the other. */
    static Report run(Target target, Predicate<Case> chosen) {
        Server server = new Server(target);
        List<Report.Line> lines = new ArrayList<>();
        for (Case one : cases()) {
            if (chosen.test(one)) {
                lines.add(new Report.Line(one, one.run(server)));
            }
        }
        return new Report(target.issuer(), lines);
    }
}
