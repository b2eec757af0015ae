package io.evenkeel.cli.intents;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.explain.History;
import io.evenkeel.cli.explain.KnownIncidents;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A person's word about one incident: approve and acknowledge. */
public final class OrderCommands {

    private OrderCommands() {}

    /** What both take. */
    static final class About {

        @Mixin
        private ConfigOption config = new ConfigOption();
        @Mixin
        private Who who = new Who();
        @Parameters(paramLabel = "INCIDENT", description = "the incident's id, as alerts and decisions name it")
        private String incident = "";

        /** Approves what was decided last, and returns that. */
        Decision approve(CommandSpec spec, Duration lasting) throws InterruptedException {
            var read = config.read();
            Decision newest;
            try (var history = new History(read)) {
                newest = KnownIncidents.decided(history.reader(), history.topics(), incident)
                        .orElseThrow(() -> new ParameterException(spec.commandLine(),
                                "nothing was decided about an incident '" + incident + "'"));
            }
            var now = now();
            give(read, new Order(id(), Order.Kind.APPROVE, incident, who.by(), who.reason(), now, now.plus(lasting),
                    newest.transitionVersion()));
            return newest;
        }

        /** Acknowledges what was alerted or decided, and returns what that was. */
        String acknowledge(CommandSpec spec) throws InterruptedException {
            var read = config.read();
            String what;
            try (var history = new History(read)) {
                what = KnownIncidents.described(history.reader(), history.topics(), incident).orElseThrow(
                        () -> new ParameterException(spec.commandLine(), KnownIncidents.unknown(incident)));
            }
            give(read, Order.acknowledgement(id(), incident, who.by(), who.reason(), now()));
            return what;
        }

        private static String id() {
            return UUID.randomUUID().toString();
        }

        private static Instant now() {
            return Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }

        private static void give(EvenkeelConfig read, Order order) throws InterruptedException {
            try (var book = new OpenOrderBook(read)) {
                book.orders().give(order);
            }
        }
    }

    /** Lets an action that waits for approval be asked for once. */
    @Command(name = "approve", mixinStandardHelpOptions = true, description = "Approve the action that an incident waits with: it is asked for once, if all other gates agree.", footer = {
            "", "Example:", "  evenkeel approve primary/data-1@1795341720000000 --reason \"looked, it is dead\""})
    public static final class Approve implements Callable<Integer> {

        @Mixin
        private About about = new About();
        @Spec
        private CommandSpec spec;
        @Option(names = "--for", paramLabel = "DURATION", defaultValue = "30m", description = "when it ends by itself, 1s to 30d; default: ${DEFAULT-VALUE}")
        private String duration = "30m";

        @Override
        public Integer call() throws InterruptedException {
            var answered = about.approve(spec, ForOption.of(spec, duration));
            spec.commandLine().getOut().println(answered.action().label() + " of " + answered.subject()
                    + " is approved for " + duration + "; it was: " + answered.verdict() + ", " + answered.reason());
            return 0;
        }
    }

    /** Says that somebody has looked. */
    @Command(name = "acknowledge", mixinStandardHelpOptions = true, description = "Say that you look at an incident: nobody is reminded or called in further, and what blocks because of it no longer does.", footer = {
            "",
            "Of a storm: its nodes are replaced one after the other. Of an impaired zone: replacements go on at once.",
            "Of a replacement: the next one in its cluster need not wait for the block period.", "", "Example:",
            "  evenkeel acknowledge primary/data-1@1795341720000000 --reason \"looking\"",
            "  evenkeel acknowledge storm/primary@1795341720000000 --reason \"a rack lost power, it is back\""})
    public static final class Acknowledge implements Callable<Integer> {

        @Mixin
        private About about = new About();
        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws InterruptedException {
            var what = about.acknowledge(spec);
            spec.commandLine().getOut().println("acknowledged: " + what);
            return 0;
        }
    }
}
