package io.evenkeel.cli.intents;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.explain.History;
import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The brake of everything, which also trips itself. */
@Command(name = "brake", mixinStandardHelpOptions = true, description = "Stop all actions of all clusters, until a person who says who it is releases it.", subcommands = {
        BrakeCommand.Trip.class, BrakeCommand.Release.class})
public final class BrakeCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "trip", mixinStandardHelpOptions = true, description = "Stop everything now.")
    static final class Trip implements Callable<Integer> {

        @Mixin
        private ConfigOption config = new ConfigOption();
        @Mixin
        private Who who = new Who();
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            try (var book = new OpenOrderBook(config.read())) {
                book.orders().set(
                        new Intent(Intent.Kind.BRAKE, Intent.EVERYTHING, who.by(), who.reason(), now, Instant.MAX));
            }
            spec.commandLine().getOut()
                    .println("the brake is on: nothing is done anywhere; evenkeel brake release ends it");
            return 0;
        }
    }

    @Command(name = "release", mixinStandardHelpOptions = true, description = "Release the brake: faults that are still there are judged again at once.", footer = {
            "", "Example:", "  evenkeel brake release --by ann --reason \"a bad image, fixed\""})
    static final class Release implements Callable<Integer> {

        @Mixin
        private ConfigOption config = new ConfigOption();
        @Spec
        private CommandSpec spec;
        @Option(names = "--by", paramLabel = "NAME", required = true, description = "who; a brake is released by a person only")
        private String by = "";
        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "what was looked at")
        private String reason = "";

        @Override
        public Integer call() throws InterruptedException {
            var read = config.read();
            var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            var out = spec.commandLine().getOut();
            try (var history = new History(read)) {
                var brake = history.reader().newest(history.topics().intents(), 0,
                        Intent.key(Intent.Kind.BRAKE, Intent.EVERYTHING), Intent.class);
                brake.filter(known -> known.activeAt(now)).ifPresentOrElse(
                        known -> out.println("on since " + known.setAt() + ", by " + known.by() + ": "
                                + known.reason()),
                        () -> out.println("the brake was not on"));
            }
            try (var book = new OpenOrderBook(read)) {
                book.orders().set(Intent.brakeRelease(by, reason, now));
            }
            out.println("the brake is released by " + by);
            return 0;
        }
    }
}
