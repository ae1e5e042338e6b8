package io.jeton.bench;

import io.jeton.bench.load.RefusedException;
import java.util.Arrays;
import java.util.List;

/** The benchmarks' command line; {@code src/bench/README.md} says what each command shows. */
public final class Main {
    private static final String USAGE = """
            usage: bench jmh [pattern] | load | floor | compare | features | profile | warm-up | growth | loss | start, each with --option value …
            src/bench/README.md has the options.""";

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(List.of(arguments)));
    }

    /** 0 when the figures are printed, 1 when the run is refused, 2 for wrong usage. */
    private static int run(List<String> arguments) throws Exception {
        try {
            String command = arguments.isEmpty() ? "" : arguments.get(0);
            List<String> rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
            switch (command) {
                case "jmh" -> org.openjdk.jmh.Main.main(jmh(rest));
                case "load" -> new LoadCommand(Options.parse(rest, LoadCommand.OPTIONS)).run();
                case "floor" -> new FloorCommand(Options.parse(rest, FloorCommand.OPTIONS)).run();
                case "compare" -> new CompareCommand(Options.parse(rest, CompareCommand.OPTIONS)).run();
                case "features" -> new FeaturesCommand(Options.parse(rest, FeaturesCommand.OPTIONS)).run();
                case "profile" -> new ProfileCommand(Options.parse(rest, ProfileCommand.OPTIONS)).run();
                case "warm-up" -> new WarmUpCommand(Options.parse(rest, WarmUpCommand.OPTIONS)).run();
                case "growth" -> new GrowthCommand(Options.parse(rest, GrowthCommand.OPTIONS)).run();
                case "loss" -> new LossCommand(Options.parse(rest, LossCommand.OPTIONS)).run();
                case "start" -> new StartCommand(Options.parse(rest, StartCommand.OPTIONS)).run();
                default -> throw new IllegalArgumentException("no such command: " + command);
            }
            return 0;
        } catch (RefusedException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            return 2;
        }
    }

    private static String[] jmh(List<String> rest) {
        String[] common = {"-f", "1", "-wi", "3", "-w", "1", "-i", "5", "-r", "1", "-prof", "gc"};
        String[] all = Arrays.copyOf(common, common.length + rest.size());
        for (int i = 0; i < rest.size(); i++) {
            all[common.length + i] = rest.get(i);
        }
        return all;
    }
}
