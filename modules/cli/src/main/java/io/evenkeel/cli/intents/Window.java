package io.evenkeel.cli.intents;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.decision.Intent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What maintenance and silence take: an intent that a person sets for a time, and may end before. */
final class Window {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Mixin
    private Who who = new Who();
    @Option(names = "--end", description = "it is over")
    private boolean end;

    /** Refuses a subject that the intent can't be about. */
    @FunctionalInterface
    interface Check {
        void check(CommandSpec spec, EvenkeelConfig config, String subject);
    }

    /** Sets it, or ends it: empty. Returns until when it holds. */
    Optional<Instant> say(CommandSpec spec, Intent.Kind kind, String subject, String duration, Check subjects)
            throws InterruptedException {
        var read = config.read();
        subjects.check(spec, read, subject);
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var until = now.plus(ForOption.of(spec, duration));
        try (var book = new OpenOrderBook(read)) {
            if (end) {
                book.orders().release(Intent.key(kind, subject));
                return Optional.empty();
            }
            book.orders().set(new Intent(kind, subject, who.by(), who.reason(), now, until));
            return Optional.of(until);
        }
    }
}
