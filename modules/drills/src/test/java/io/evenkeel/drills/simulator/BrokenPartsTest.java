package io.evenkeel.drills.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.ClaimLedger;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.alert.AlertInput;
import io.evenkeel.core.alert.AlertRules;
import io.evenkeel.core.alert.AlertState;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.decision.DecisionInput;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.decision.DecisionRules;
import io.evenkeel.core.decision.DecisionState;
import io.evenkeel.core.decision.Freeze;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Ledger;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.decision.SafetyPolicy;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.HealthOutput;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.NodeTransition;
import io.evenkeel.core.health.ProbeResult;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.notification.NotificationInput;
import io.evenkeel.core.notification.NotificationPolicy;
import io.evenkeel.core.notification.NotificationRules;
import io.evenkeel.core.notification.NotificationState;
import io.evenkeel.drills.simulator.Mode.Arming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the simulator can fail: for each rule, one part is broken on purpose, and the breach is found. */
class BrokenPartsTest {

    private static final SimulationOptions OPTIONS = new SimulationOptions(6, 6, SimulationOptions.LOST_PROBES);
    private static final int SEEDS = 20;

    /** In which a part is in use at all, so that one that is broken is soon seen. */
    enum Worlds {
        MUCH_HAPPENS, FACTS_REQUIRED, NO_FACTS, NEVER_ARMED, ARMED_BY_PEOPLE, APPROVED;

        private boolean include(Mode mode) {
            boolean free = mode.arming() == Arming.BY_CONFIGURATION && !mode.approval();
            return switch (this) {
                case MUCH_HAPPENS -> free;
                case FACTS_REQUIRED -> free && mode.facts() == SafetyPolicy.Facts.Use.REQUIRED;
                case NO_FACTS -> free && mode.facts() == SafetyPolicy.Facts.Use.OFF;
                case NEVER_ARMED -> mode.arming() == Arming.NEVER;
                case ARMED_BY_PEOPLE -> mode.arming() == Arming.BY_PEOPLE && !mode.approval();
                case APPROVED -> mode.arming() == Arming.BY_CONFIGURATION && mode.approval();
            };
        }
    }

    static Stream<Arguments> brokenParts() {
        return Stream.of(arguments(Set.of(1), Worlds.NEVER_ARMED, "acts before it is armed", new Decisions() {
            @Override
            DecisionPolicy policy(DecisionPolicy real) {
                return changed(real, true, real.actAfter(), real.actWithin());
            }
        }), arguments(Set.of(1), Worlds.ARMED_BY_PEOPLE, "goes on when it is disarmed", new Decisions() {
            @Override
            DecisionInput input(DecisionInput real) {
                return switch (real) {
                    case DecisionInput.IntentReleased(var key) when key.startsWith("arm/") ->
                        new DecisionInput.Ticked();
                    case DecisionInput.IntentSet(var intent) when intent.kind() == Intent.Kind.ARM ->
                        new DecisionInput.IntentSet(new Intent(intent.kind(), intent.subject(), intent.by(),
                                intent.reason(), intent.setAt(), Instant.MAX));
                    default -> real;
                };
            }
        }), arguments(Set.of(1), Worlds.APPROVED, "asks nobody for approval", new Decisions() {
            @Override
            DecisionPolicy policy(DecisionPolicy real) {
                return real.with(real.safety().withApproval(Set.of()));
            }
        }), arguments(Set.of(1), Worlds.APPROVED, "takes an approval for another version's", new Decisions() {
            @Override
            DecisionInput input(DecisionInput real) {
                return real instanceof DecisionInput.OrderGiven(var order)
                        ? new DecisionInput.OrderGiven(new Order(order.id(), order.kind(), order.incident(), order.by(),
                                order.reason(), order.givenAt(), order.expiresAt(), 0))
                        : real;
            }
        }), arguments(Set.of(1), Worlds.APPROVED, "takes an approval for good", new Decisions() {
            private final Map<String, Order> given = new TreeMap<>();

            @Override
            DecisionInput input(DecisionInput real) {
                if (real instanceof DecisionInput.OrderGiven(var order) && order.kind() == Order.Kind.APPROVE) {
                    given.put("approve/" + order.incident(), new Order(order.id(), order.kind(), order.incident(),
                            order.by(), order.reason(), order.givenAt(), Instant.MAX, 0));
                }
                return real;
            }

            @Override
            DecisionState state(DecisionState real) {
                var known = real.ledger();
                var orders = new TreeMap<>(known.orders());
                orders.putAll(given);
                return new DecisionState(real.clusters(), real.services(), real.intents(), real.faults(),
                        real.inFlight(), new Ledger(known.facts(), known.asked(), known.freezes(), orders,
                                known.dryRuns(), known.isolated(), known.progress()));
            }
        }), arguments(Set.of(2), Worlds.MUCH_HAPPENS, "claims what is claimed", new Parts() {
            @Override
            public ClaimLedger.Verdict claim(ClaimLedger ledger, ActionRequest request, Instant now) {
                return new ClaimLedger.Verdict.Claim();
            }
        }), arguments(Set.of(3), Worlds.NO_FACTS, "takes every node for a data node", new Decisions() {
            @Override
            DecisionInput input(DecisionInput real) {
                return real instanceof DecisionInput.NodeChanged(var transition)
                        ? new DecisionInput.NodeChanged(asDataNode(transition))
                        : real;
            }
        }), arguments(Set.of(4), Worlds.MUCH_HAPPENS, "does not wait", new Decisions() {
            @Override
            DecisionPolicy policy(DecisionPolicy real) {
                return changed(real, real.armed(), Duration.ZERO, real.actWithin());
            }
        }), arguments(Set.of(4), Worlds.MUCH_HAPPENS, "takes storms for acknowledged", new Decisions() {
            @Override
            DecisionState state(DecisionState real) {
                return withStormsAcknowledged(real);
            }
        }), arguments(Set.of(4), Worlds.FACTS_REQUIRED, "does not care where last copies are", new Decisions() {
            @Override
            DecisionInput input(DecisionInput real) {
                return real instanceof DecisionInput.FactsRead(var facts, var at)
                        ? new DecisionInput.FactsRead(withoutCopies(facts), at)
                        : real;
            }
        }), arguments(Set.of(4), Worlds.FACTS_REQUIRED, "goes by facts of any age", new Decisions() {
            @Override
            DecisionPolicy policy(DecisionPolicy real) {
                return real.with(real.safety().with(new SafetyPolicy.Facts(real.safety().facts().use(),
                        Duration.ofDays(1))));
            }
        }), arguments(Set.of(5), Worlds.MUCH_HAPPENS, "forgets which side is active", new Decisions() {
            @Override
            DecisionState state(DecisionState real) {
                return new DecisionState(real.clusters(), new TreeMap<>(), real.intents(), real.faults(),
                        real.inFlight(), real.ledger());
            }
        }), arguments(Set.of(6), Worlds.MUCH_HAPPENS, "takes two vantages' word for failures that nobody saw",
                new Parts() {
                    @Override
                    public ProbeResult heard(ProbeResult result) {
                        return switch (result) {
                            case NodeProbed probed when probed.node().name().equals("master-0")
                                    && !result.source().vantage().equals("vantage-c") ->
                                failed(probed);
                            case ProbeResult.ClusterProbed probed -> withoutMembers(probed);
                            case ProbeResult.NodeReported _,NodeProbed _ -> result;
                        };
                    }
                }), arguments(Set.of(7), Worlds.MUCH_HAPPENS, "loses what goes DOWN", new Parts() {
                    @Override
                    public List<HealthOutput> told(List<HealthOutput> outputs) {
                        return outputs.stream()
                                .filter(output -> !(output instanceof HealthOutput.NodeChanged(var transition)
                                        && transition.to() == NodeState.DOWN))
                                .toList();
                    }
                }), arguments(Set.of(8), Worlds.MUCH_HAPPENS, "acts on requests that expired", new Decisions() {
                    @Override
                    DecisionPolicy policy(DecisionPolicy real) {
                        return changed(real, real.armed(), real.actAfter(), Duration.ofSeconds(1));
                    }

                    @Override
                    public Optional<String> refusal(ActionRequest request, LiveView live, long newestEpoch) {
                        return live.refusal(new ActionRequest(request.id(), request.incident(), request.command(),
                                request.issuedAt(), Instant.MAX, request.transitionVersion(), request.policyRevision(),
                                request.reason()), newestEpoch);
                    }
                }), arguments(Set.of(9), Worlds.MUCH_HAPPENS, "does not hear of holds", new Decisions() {
                    @Override
                    DecisionInput input(DecisionInput real) {
                        return real instanceof DecisionInput.IntentSet ? new DecisionInput.Ticked() : real;
                    }
                }), arguments(Set.of(10), Worlds.MUCH_HAPPENS, "tells nobody", new Parts() {
                    @Override
                    public AlertRules.Step alert(AlertState state, AlertInput input, Instant now) {
                        return new AlertRules.Step(AlertRules.apply(state, input, now).state(), List.of());
                    }
                }), arguments(Set.of(10), Worlds.MUCH_HAPPENS, "takes pages for less", new Notifications() {
                    @Override
                    NotificationInput input(NotificationInput real) {
                        return real instanceof NotificationInput.Alerted(var alert)
                                ? new NotificationInput.Alerted(new Alert(alert.key(), alert.sequence(), alert.status(),
                                        Alert.Severity.WARN, alert.subject(), alert.labels(), alert.title(),
                                        alert.lines(), alert.since(), alert.at()))
                                : real;
                    }
                }), arguments(Set.of(10), Worlds.MUCH_HAPPENS, "does not hear of the end", new Notifications() {
                    @Override
                    NotificationInput input(NotificationInput real) {
                        return real instanceof NotificationInput.Alerted(var alert)
                                && alert.status() == Alert.Status.RESOLVED
                                        ? new NotificationInput.Told(new DecisionInput.Ticked())
                                        : real;
                    }
                }), arguments(Set.of(10), Worlds.MUCH_HAPPENS, "goes by a silence for good", new Notifications() {
                    @Override
                    NotificationInput input(NotificationInput real) {
                        return switch (real) {
                            case NotificationInput.Told(DecisionInput.IntentSet(var intent)) ->
                                new NotificationInput.Told(new DecisionInput.IntentSet(new Intent(intent.kind(),
                                        intent.subject(), intent.by(), intent.reason(), intent.setAt(), Instant.MAX)));
                            case NotificationInput.Told(DecisionInput.IntentReleased _) ->
                                new NotificationInput.Told(new DecisionInput.Ticked());
                            default -> real;
                        };
                    }
                }), arguments(Set.of(10), Worlds.MUCH_HAPPENS, "tells people twice", new Parts() {
                    @Override
                    public NotificationRules.Step notify(NotificationState state, NotificationInput input,
                            NotificationPolicy policy, Instant now) {
                        var step = NotificationRules.apply(state, input, policy, now);
                        return new NotificationRules.Step(step.state(), step.notifications().stream()
                                .flatMap(told -> Stream.of(told, told)).toList());
                    }
                }), arguments(Set.of(7), Worlds.MUCH_HAPPENS, "lets a zombie commit", new Parts() {
                    @Override
                    public boolean fencesZombies() {
                        return false;
                    }
                }), arguments(Set.of(8, 9), Worlds.MUCH_HAPPENS, "does not look once more before the call",
                        new Decisions() {
                            @Override
                            DecisionPolicy policy(DecisionPolicy real) {
                                return changed(real, real.armed(), real.actAfter(), Duration.ofSeconds(10));
                            }

                            @Override
                            public Optional<String> refusal(ActionRequest request, LiveView live, long newestEpoch) {
                                return Optional.empty();
                            }
                        }));
    }

    @ParameterizedTest(name = "rule {0}: {2}")
    @MethodSource("brokenParts")
    void aBrokenPartIsFoundByItsRule(Set<Integer> rules, Worlds worlds, String what, Parts parts) {
        var found = Stream.iterate(0L, seed -> seed + 1).filter(seed -> worlds.include(Mode.of(seed))).limit(SEEDS)
                .flatMap(seed -> Simulation.run(seed, OPTIONS, parts).failure().stream()).findFirst();
        assertThat(found).describedAs(what).hasValueSatisfying(
                failure -> assertThat(failure.breach().rule()).describedAs(failure.breach().toString())
                        .isIn(rules));
    }

    /** Notifications that go by something else than they should. */
    private abstract static class Notifications implements Parts {
        abstract NotificationInput input(NotificationInput real);

        @Override
        public NotificationRules.Step notify(NotificationState state, NotificationInput input,
                NotificationPolicy policy, Instant now) {
            return NotificationRules.apply(state, input(input), policy, now);
        }
    }

    /** A decision that goes by something else than it should. */
    private abstract static class Decisions implements Parts {
        DecisionPolicy policy(DecisionPolicy real) {
            return real;
        }

        DecisionInput input(DecisionInput real) {
            return real;
        }

        DecisionState state(DecisionState real) {
            return real;
        }

        @Override
        public DecisionRules.Step decide(DecisionState state, DecisionPolicy policy, DecisionInput input, Instant now) {
            return DecisionRules.apply(state(state), policy(policy), input(input), now);
        }
    }

    private static DecisionPolicy changed(DecisionPolicy real, boolean armed, Duration actAfter, Duration actWithin) {
        return new DecisionPolicy(real.revision(), armed, actAfter, real.standbyProof(), real.coolDown(), actWithin,
                real.replaceWithin(), real.retryAfter(), real.maxAttempts(), real.failOverOnQuorumLost(),
                real.services(), real.safety());
    }

    private static ClusterFacts withoutCopies(ClusterFacts real) {
        return new ClusterFacts(real.cluster(), real.agent(), real.ages(), real.membership(),
                ClusterFacts.none(real.cluster()).copies(), real.allocation(), real.shutdowns(), real.disks(),
                real.scalingGroups());
    }

    private static DecisionState withStormsAcknowledged(DecisionState real) {
        var ledger = real.ledger();
        var freezes = new TreeMap<>(ledger.freezes());
        freezes.replaceAll((_, freeze) -> freeze.kind() == Freeze.Kind.ZONE
                ? freeze
                : new Freeze(freeze.kind(), freeze.subject(), freeze.since(), freeze.bad(), freeze.total(),
                        freeze.calmSince(), true, new TreeSet<>(
                                Objects.requireNonNull(real.clusters().get(freeze.subject())).nodes().keySet())));
        return new DecisionState(real.clusters(), real.services(), real.intents(), real.faults(), real.inFlight(),
                new Ledger(ledger.facts(), ledger.asked(), freezes, ledger.orders(), ledger.dryRuns(),
                        ledger.isolated(), ledger.progress()));
    }

    private static NodeTransition asDataNode(NodeTransition real) {
        var target = real.target();
        return new NodeTransition(new NodeTarget(target.node(), target.incarnation(), target.url(), target.zone(),
                List.of("data"), "a-group", target.vantages(), target.phase()), real.from(), real.to(),
                real.at(), real.version(), real.previousVersion(), real.firstFailureAt(), real.cause(), real.reason(),
                real.votes(), real.evidence(), real.policyRevision());
    }

    private static ProbeResult.ClusterProbed withoutMembers(ProbeResult.ClusterProbed real) {
        var view = real.view();
        return new ProbeResult.ClusterProbed(real.cluster(), real.source(), new ClusterView(view.nodesTried(),
                view.nodesAnswered(), view.canary(), view.colour(), view.master(), ""), real.timing());
    }

    private static NodeProbed failed(NodeProbed real) {
        return new NodeProbed(real.node(), real.incarnation(), real.source(), ProbeResult.Purpose.CONFIRMATION,
                new Outcome.Failure(FailureReason.CONNECT_REFUSED, ""), real.timing());
    }
}
