package io.evenkeel.cli.config;

import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.decision.SafetyPolicy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys of {@code decision} that bound what may be done at all. */
final class SafetyReader {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MANY = 100_000;

    private final SafetyPolicy usual = SafetyPolicy.defaults();
    private final Section section;

    SafetyReader(Section decision) {
        this.section = decision;
    }

    SafetyPolicy read() {
        return new SafetyPolicy(limits(section.section("limits")), storm(section.section("storm")),
                zone(section.section("zone")), brake(section.section("brake")), facts(section.section("facts")),
                section.duration("blockPeriod", usual.blockPeriod(), Duration.ZERO, Duration.ofDays(7)),
                usual.approval())
                .withApproval(approval());
    }

    private SafetyPolicy.Limits limits(Section limits) {
        var read = new SafetyPolicy.Limits(limits.integer("atOnce", usual.limits().atOnce(), 1, MANY),
                limits.integer("perHour", usual.limits().perHour(), 1, MANY),
                limits.integer("perZone", usual.limits().perZone(), 1, MANY),
                limits.integer("floor", usual.limits().floor(), 1, MANY));
        limits.nothingElse();
        return read;
    }

    private SafetyPolicy.Storm storm(Section storm) {
        var read = new SafetyPolicy.Storm(storm.integer("nodes", usual.storm().nodes(), 1, MANY),
                storm.integer("percent", usual.storm().percent(), 1, 100),
                storm.duration("window", usual.storm().window(), Duration.ofSeconds(1), DAY),
                storm.duration("coolDown", usual.storm().coolDown(), Duration.ZERO, DAY));
        storm.nothingElse();
        return read;
    }

    private SafetyPolicy.Zone zone(Section zone) {
        var read = new SafetyPolicy.Zone(zone.integer("targets", usual.zone().targets(), 1, MANY),
                zone.integer("percent", usual.zone().percent(), 1, 100),
                zone.integer("othersBelow", usual.zone().othersBelow(), 1, 100));
        zone.nothingElse();
        return read;
    }

    private SafetyPolicy.Brake brake(Section brake) {
        var read = new SafetyPolicy.Brake(brake.integer("incidents", usual.brake().incidents(), 1, MANY),
                brake.duration("window", usual.brake().window(), Duration.ofSeconds(1), DAY));
        brake.nothingElse();
        return read;
    }

    private SafetyPolicy.Facts facts(Section facts) {
        String use = facts.choice("use", usual.facts().use().name().toLowerCase(Locale.ROOT), "required", "optional",
                "off");
        var read = new SafetyPolicy.Facts(SafetyPolicy.Facts.Use.valueOf(use.toUpperCase(Locale.ROOT)),
                facts.duration("maxAge", usual.facts().maxAge(), Duration.ofSeconds(1), DAY));
        facts.nothingElse();
        return read;
    }

    private Set<Action> approval() {
        var actions = EnumSet.noneOf(Action.class);
        for (String label : section.texts("approval")) {
            SafetyPolicy.doable().stream().filter(action -> action.label().equals(label)).findFirst()
                    .ifPresentOrElse(actions::add, () -> section.complain("approval", "must list some of "
                            + SafetyPolicy.doable().stream().map(Action::label).collect(Collectors.joining(", "))
                            + ", was '" + label + "'"));
        }
        return actions;
    }
}
