package io.evenkeel.probe.discovery;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.probe.http.ProbeHttp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps {@code targets} of one cluster: asks the sources, compares with what stands there, writes the differences. Agents of
 * several vantages do the same and agree. One thread at a time.
 */
public final class TargetDiscovery {

    private static final Logger LOG = LoggerFactory.getLogger(TargetDiscovery.class);

    /** Nodes asked for members in one round: with a dead cluster a round must still end. */
    private static final int TRIES = 5;
    /** Of more changes in a round, as at a start, one line says how many there were. */
    private static final int TOLD_ONE_BY_ONE = 20;

    /**
     * The cluster and who watches it.
     *
     * @param clusterName the {@code cluster.name} that must answer; empty accepts any
     * @param timeout for each question to a node
     */
    public record Subject(ClusterId cluster, String clusterName, List<Vantage> vantages, DiscoverySettings settings,
            Duration timeout) {
        public Subject {
            vantages = List.copyOf(vantages);
        }
    }

    private final Subject subject;
    private final TargetPlan plan;
    private final MemberQuery members;
    private final AutoScalingGroups groups;
    private final TargetBook book;
    private final TargetWriter writer;
    private final InstantSource clock;
    private @Nullable String lastAnswered;
    private int turn;

    /** @param clock tells only when a RETIRED target is old enough to be deleted */
    public TargetDiscovery(Subject subject, ProbeHttp http, AutoScalingGroups groups, TargetBook book,
            TargetWriter writer, InstantSource clock) {
        this.subject = subject;
        this.plan = new TargetPlan(subject.cluster(), subject.vantages(), subject.settings());
        this.members = new MemberQuery(http, subject.cluster(), subject.clusterName());
        this.groups = groups;
        this.book = book;
        this.writer = writer;
        this.clock = clock;
    }

    /** One round; blocks for some time-outs at most. */
    public void round() {
        var sources = new TargetPlan.Sources(members(), instances());
        // Read after asking: another agent may have written meanwhile.
        var changes = plan.next(book.present(subject.cluster()), sources, clock.instant());
        boolean many = changes.size() > TOLD_ONE_BY_ONE;
        if (many) {
            LOG.atInfo().setMessage("targets changed").addKeyValue("cluster", subject.cluster())
                    .addKeyValue("changes", changes.size()).log();
        }
        changes.forEach(change -> apply(change, many ? Level.DEBUG : Level.INFO));
    }

    private void apply(TargetChange change, Level level) {
        switch (change) {
            case TargetChange.PutNode(var target) -> {
                LOG.atLevel(level).setMessage("target changed").addKeyValue("node", target.node())
                        .addKeyValue("phase", target.phase()).addKeyValue("incarnation", target.incarnation())
                        .addKeyValue("url", target.url()).log();
                writer.put(target);
            }
            case TargetChange.PutCluster(var expected) -> {
                LOG.atInfo().setMessage("cluster expected").addKeyValue("cluster", expected.cluster()).log();
                writer.put(expected);
            }
            case TargetChange.Delete(var node) -> {
                LOG.atLevel(level).setMessage("retired target deleted").addKeyValue("node", node).log();
                writer.delete(node);
            }
        }
    }

    private Listing<SeenNode> members() {
        var candidates = candidates();
        for (int i = 0; i < Math.min(TRIES, candidates.size()); i++) {
            String url = candidates.get(i);
            var listing = members.ask(url, subject.timeout());
            if (listing.available()) {
                lastAnswered = url;
                return listing;
            }
        }
        lastAnswered = null;
        turn += TRIES;
        return new Listing.Unavailable<>();
    }

    /** The one that answered last, then all others in turn, so that some rounds later each has been asked. */
    private List<String> candidates() {
        var urls = new LinkedHashSet<String>();
        book.nodes(subject.cluster()).stream().filter(target -> target.phase() == Phase.EXPECTED).map(NodeTarget::url)
                .sorted().forEach(urls::add);
        subject.settings().nodes().stream().map(StaticNode::url).filter(url -> !url.isEmpty()).forEach(urls::add);
        urls.addAll(subject.settings().seeds());
        var all = new ArrayList<>(urls);
        if (!all.isEmpty()) {
            Collections.rotate(all, -Math.floorMod(turn, all.size()));
        }
        if (lastAnswered != null) {
            all.remove(lastAnswered);
            all.addFirst(lastAnswered);
        }
        return all;
    }

    private Listing<GroupInstance> instances() {
        var names = subject.settings().autoScalingGroups();
        if (names.isEmpty()) {
            return new Listing.Listed<>(List.of());
        }
        try {
            return new Listing.Listed<>(groups.instances(names));
        } catch (RuntimeException e) {
            LOG.atWarn().setMessage("auto scaling groups can't be listed").addKeyValue("cluster", subject.cluster())
                    .addKeyValue("groups", names).addKeyValue("error", e.toString()).log();
            return new Listing.Unavailable<>();
        }
    }
}
