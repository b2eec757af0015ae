package io.evenkeel.core.health;

import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.ProbeResult.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The rules of one expected node a second time, as slow and as plain as can be: every result is kept for good, and all
 * is counted afresh at each step, all the time. What it says must be what {@link ClusterHealth} says.
 */
final class NaiveNode {

    /** A change of state, or of what may follow while DOWN. */
    record Change(NodeState to, Consequence mayFollow, boolean confirmed, Instant at) {}

    private record Seen(NodeProbed result, Instant observed, boolean doubted, boolean counted) {
        private boolean success() {
            return result.outcome() instanceof Outcome.Success;
        }

        private FailureReason reason() {
            return ((Outcome.Failure) result.outcome()).reason();
        }

        private boolean scheduled() {
            return result.purpose() == Purpose.SCHEDULED;
        }
    }

    private final HealthPolicy policy;
    private final NodePolicy numbers;
    private final Map<String, List<Seen>> heard = new HashMap<>();
    private Map<String, List<Seen>> kept = Map.of();
    private boolean keptNew = true;
    private final List<Instant> flaps = new ArrayList<>();
    private final Instant expectedSince;
    private NodeState state = NodeState.JOINING;
    private Consequence mayFollow = Consequence.NOTHING;
    private boolean confirmed;
    private Instant downSince = Instant.MAX;
    private boolean bad;

    NaiveNode(HealthPolicy policy, Instant expectedSince) {
        this.policy = policy;
        this.numbers = policy.of(NodeRole.DATA);
        this.expectedSince = expectedSince;
    }

    List<Change> hear(NodeProbed result, Moment moment) {
        if (result.timing().ageAtSend().compareTo(Duration.ofSeconds(10)) > 0) {
            return List.of();
        }
        if (result.incarnation().equals("i-1")) {
            take(result, moment);
        }
        return judge(moment);
    }

    private void take(NodeProbed result, Moment moment) {
        var all = heard.computeIfAbsent(result.source().vantage(), _ -> new ArrayList<>());
        var observed = moment.now().minus(result.timing().ageAtSend());
        if (!all.isEmpty()) {
            var last = all.getLast();
            boolean sameBoot = last.result().source().bootId().equals(result.source().bootId());
            if (sameBoot
                    ? result.source().counter() <= last.result().source().counter()
                    : observed.isBefore(last.observed())) {
                return;
            }
            if (silent(last, moment)) {
                all.clear();
            }
        }
        boolean failure = result.outcome() instanceof Outcome.Failure;
        boolean doubted = failure && (!result.source().doubt().isEmpty()
                || result.timing().lateness().compareTo(policy.maxLateness()) > 0);
        boolean twice = failure && !all.isEmpty()
                && !all.getLast().result().source().bootId().equals(result.source().bootId())
                && observed.isBefore(all.getLast().observed().plus(result.timing().interval().dividedBy(2)))
                && failingRun(all);
        all.add(new Seen(result, observed, doubted, result.purpose() == Purpose.SCHEDULED && !doubted && !twice));
    }

    /** Whether the newest results that count are failures, with a scheduled one among them. */
    private static boolean failingRun(List<Seen> all) {
        for (var seen : all.reversed()) {
            if (seen.success()) {
                return false;
            }
            if (seen.counted()) {
                return true;
            }
        }
        return false;
    }

    private boolean silent(Seen seen, Moment moment) {
        var from = seen.observed().isBefore(moment.listeningSince()) ? moment.listeningSince() : seen.observed();
        return from.plus(policy.staleAfter()).isBefore(moment.now());
    }

    /** Only what was kept is known from here on. */
    void moves() {
        heard.clear();
        kept.forEach((vantage, all) -> heard.put(vantage, new ArrayList<>(all)));
    }

    /** Everything, but for successes of a node that was not UP yet and that nobody saw fail. */
    private void keep() {
        boolean isNew = state == NodeState.JOINING && heard.values().stream().allMatch(this::clean);
        if (!isNew || !keptNew) {
            kept = new HashMap<>();
            heard.forEach((vantage, all) -> kept.put(vantage, List.copyOf(all)));
            keptNew = isNew;
        }
    }

    private boolean clean(List<Seen> all) {
        var counted = all.stream().filter(seen -> seen.counted() || (seen.success() && seen.scheduled())).toList();
        return !all.getLast().doubted() && !inSpell(all)
                && counted.subList(Math.max(0, counted.size() - 16), counted.size()).stream().allMatch(Seen::success);
    }

    private boolean inSpell(List<Seen> all) {
        int good = 0;
        boolean wasFailure = false;
        boolean spell = false;
        for (var seen : all.stream().filter(seen -> !seen.doubted()).toList()) {
            if (seen.success()) {
                good = wasFailure ? 1 : good + (seen.scheduled() ? 1 : 0);
                spell = spell && good < numbers.recoveryThreshold();
            } else {
                good = 0;
                spell = true;
            }
            wasFailure = !seen.success();
        }
        return spell;
    }

    List<Change> judge(Moment moment) {
        var changes = judged(moment);
        keep();
        return changes;
    }

    private List<Change> judged(Moment moment) {
        var now = moment.now();
        var stands = stands(moment);
        boolean down = quorum(stands, Vote.Stand.DOWN, Vote.Stand.CONFIRMED_DOWN);
        boolean failing = quorum(stands, Vote.Stand.DOWN, Vote.Stand.CONFIRMED_DOWN, Vote.Stand.FAILING);
        downSince = !down ? Instant.MAX : downSince.equals(Instant.MAX) ? now : downSince;
        if (failing && !bad && state != NodeState.JOINING) {
            flaps.add(now);
        }
        bad = failing;
        var next = next(stands, moment);
        var allowed = Consequence.NOTHING;
        boolean sure = false;
        if (next == NodeState.DOWN) {
            allowed = down ? allowed(stands) : mayFollow;
            sure = down ? quorum(stands, Vote.Stand.CONFIRMED_DOWN) : confirmed;
        }
        if (next == state && allowed == mayFollow && sure == confirmed) {
            return List.of();
        }
        state = next;
        mayFollow = allowed;
        confirmed = sure;
        return List.of(new Change(next, allowed, sure, now));
    }

    List<Vote> stands(Moment moment) {
        return HealthWorld.VANTAGES.stream()
                .map(vantage -> new Vote(vantage.name(), vantage.zone(), stand(vantage.name(), moment), 0)).toList();
    }

    private NodeState next(List<Vote> stands, Moment moment) {
        var now = moment.now();
        boolean up = quorum(stands, Vote.Stand.UP);
        if (state == NodeState.JOINING) {
            if (up) {
                return NodeState.UP;
            }
            if (now.isBefore(expectedSince.plus(numbers.startupGrace()))) {
                return NodeState.JOINING;
            }
        }
        long live = stands.stream().filter(
                vote -> vote.stand() != Vote.Stand.SILENT && vote.stand() != Vote.Stand.DOUBTED).count();
        if (live < 2) {
            return live == 1 && (state == NodeState.UP || state == NodeState.SUSPECT)
                    ? NodeState.SUSPECT
                    : NodeState.UNKNOWN;
        }
        boolean flapping = score(now) >= numbers.flapping().high();
        if (!downSince.equals(Instant.MAX)) {
            boolean held = !now.isBefore(downSince.plus(numbers.overrideFlappingAfter()));
            return !held && (state == NodeState.FLAPPING || (state != NodeState.DOWN && flapping))
                    ? NodeState.FLAPPING
                    : NodeState.DOWN;
        }
        boolean healthyForLong = stands.stream().filter(vote -> vote.stand() == Vote.Stand.UP)
                .noneMatch(vote -> now.isBefore(goodSince(vote.vantage()).plus(numbers.minimumHealthy())));
        return switch (state) {
            case FLAPPING -> score(now) < numbers.flapping().low() && up && healthyForLong
                    ? NodeState.UP
                    : NodeState.FLAPPING;
            case DOWN, RECOVERING -> {
                if (flapping && quorum(stands, Vote.Stand.UP, Vote.Stand.RISING)) {
                    yield NodeState.FLAPPING;
                }
                if (up) {
                    yield healthyForLong ? NodeState.UP : NodeState.RECOVERING;
                }
                yield stands.stream().anyMatch(vote -> vote.stand() == Vote.Stand.UP
                        || vote.stand() == Vote.Stand.RISING) ? NodeState.RECOVERING : state;
            }
            case JOINING, UNKNOWN -> up ? NodeState.UP : state;
            default -> {
                if (flapping) {
                    yield NodeState.FLAPPING;
                }
                yield stands.stream().anyMatch(vote -> vote.stand() == Vote.Stand.FAILING
                        || vote.stand() == Vote.Stand.DOWN || vote.stand() == Vote.Stand.CONFIRMED_DOWN)
                                ? NodeState.SUSPECT
                                : NodeState.UP;
            }
        };
    }

    private double score(Instant now) {
        return flaps.stream().mapToDouble(flap -> Math.pow(0.5, (double) Duration.between(flap, now).toMillis()
                / numbers.flapping().halfLife().toMillis())).sum();
    }

    /** Three vantages in three zones: two, and so two zones. */
    private static boolean quorum(List<Vote> stands, Vote.Stand... wanted) {
        var zones = new HashSet<String>();
        stands.stream().filter(vote -> List.of(wanted).contains(vote.stand())).forEach(vote -> zones.add(vote.zone()));
        return zones.size() >= 2;
    }

    private Consequence allowed(List<Vote> stands) {
        var most = Consequence.NOTHING;
        for (var candidate : Consequence.values()) {
            long votes = stands.stream()
                    .filter(vote -> vote.stand() == Vote.Stand.DOWN || vote.stand() == Vote.Stand.CONFIRMED_DOWN)
                    .filter(vote -> (vote.stand() == Vote.Stand.CONFIRMED_DOWN
                            && candidate.compareTo(numbers.of(FailureReason.CONNECT_REFUSED).mayFollow()) <= 0)
                            || met(vote.vantage()).compareTo(candidate) >= 0)
                    .count();
            most = votes >= 2 ? candidate : most;
        }
        return most;
    }

    private Vote.Stand stand(String vantage, Moment moment) {
        var all = heard.getOrDefault(vantage, List.of());
        if (all.isEmpty() || silent(all.getLast(), moment)) {
            return Vote.Stand.SILENT;
        }
        if (all.getLast().doubted()) {
            return Vote.Stand.DOUBTED;
        }
        var sure = all.stream().filter(seen -> !seen.doubted()).toList();
        int refused = 0;
        int good = 0;
        boolean wasFailure = false;
        boolean spell = false;
        for (var seen : sure) {
            if (seen.success()) {
                refused = 0;
                good = wasFailure ? 1 : good + (seen.scheduled() ? 1 : 0);
                spell = spell && good < numbers.recoveryThreshold();
            } else {
                boolean gone = seen.reason() == FailureReason.CONNECT_REFUSED || seen.reason() == FailureReason.RESET;
                refused += !seen.scheduled() && gone ? 1 : 0;
                good = 0;
                spell = true;
            }
            wasFailure = !seen.success();
        }
        if (refused >= numbers.confirmations()) {
            return Vote.Stand.CONFIRMED_DOWN;
        }
        if (!spell) {
            return good >= numbers.recoveryThreshold() ? Vote.Stand.UP : Vote.Stand.RISING;
        }
        if (met(vantage) != Consequence.NOTHING) {
            return Vote.Stand.DOWN;
        }
        return wasFailure ? Vote.Stand.FAILING : Vote.Stand.RISING;
    }

    /** The most that a class allows whose threshold is met. */
    private Consequence met(String vantage) {
        var counted = heard.getOrDefault(vantage, List.of()).stream()
                .filter(seen -> seen.counted() || (seen.success() && seen.scheduled())).toList().reversed();
        var window = counted.subList(0, Math.min(16, counted.size()));
        var most = Consequence.NOTHING;
        for (var failed : window) {
            if (!failed.success()) {
                var wanted = numbers.of(failed.reason());
                long count = window.stream().limit(wanted.threshold().of())
                        .filter(seen -> !seen.success()
                                && numbers.of(seen.reason()).mayFollow().compareTo(wanted.mayFollow()) >= 0)
                        .count();
                boolean more = wanted.mayFollow().compareTo(most) > 0;
                most = more && count >= wanted.threshold().failures() ? wanted.mayFollow() : most;
            }
        }
        return most;
    }

    /** When the first of the newest successes in a row was observed. */
    private Instant goodSince(String vantage) {
        var since = Instant.MIN;
        for (var seen : heard.getOrDefault(vantage, List.of()).stream().filter(seen -> !seen.doubted()).toList()
                .reversed()) {
            if (!seen.success()) {
                return since;
            }
            since = seen.observed();
        }
        return since;
    }
}
