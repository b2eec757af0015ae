package io.evenkeel.drills.simulator.rule;

import java.util.List;
import java.util.Optional;

/** All ten rules over one simulation; some in two parts. */
public final class RuleBook {

    private final List<Rule> rules;
    private final Scene scene;

    public RuleBook(Scene scene) {
        this.scene = scene;
        rules = List.of(new EvidenceRule(scene), new OneEffectRule(), new MasterRule(scene), new LimitsRule(scene),
                new FactsRule(scene), new ApprovalRule(scene), new StandbyRule(scene), new ObserverRule(scene),
                new DeliveryRule(), new ExpiryRule(),
                new PeopleRule(), new EarlyAlertRule(), new PageRule());
    }

    public void tell(Happening happening) {
        for (var rule : rules) {
            rule.on(happening, scene.now());
        }
    }

    /** To be asked after every event: the first breach. */
    public Optional<Breach> check() {
        long now = scene.now();
        for (var rule : rules) {
            rule.goOn(now);
        }
        for (var rule : rules) {
            var breach = rule.breach();
            if (breach != null) {
                return Optional.of(breach);
            }
        }
        return Optional.empty();
    }
}
