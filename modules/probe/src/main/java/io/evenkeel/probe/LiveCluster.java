package io.evenkeel.probe;

import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.core.facts.KnownFacts;
import io.evenkeel.core.facts.NodeSight;
import io.evenkeel.core.facts.StandbySight;
import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.cluster.ClusterProbe;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.discovery.StaticNode;
import io.evenkeel.probe.discovery.TargetBook;
import io.evenkeel.probe.facts.FactReader;
import io.evenkeel.probe.http.Answer;
import io.evenkeel.probe.http.Details;
import io.evenkeel.probe.http.Elasticsearch;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.node.NodeProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One cluster as it is right now, over new connections. Its nodes are asked side by side which of them sees a master, and
 * the first that does tells the facts: neither dead nodes nor a hanging master hold that up. For many threads.
 */
final class LiveCluster implements AutoCloseable {

    /** Nodes asked at once. */
    private static final int AT_ONCE = 16;

    /** Questions one after the other: for the master, the state, the health, the disks. */
    private static final int QUESTIONS = 4;

    private final ClusterSettings settings;
    private final AutoScalingGroups groups;
    private final TargetBook book;
    private final ExecutorService threads;
    private final ProbeHttp http;
    private final NodeProbe nodeProbe;
    private final ClusterProbe clusterProbe;

    /** What a node said when it was asked for its master. */
    private record Sighted(String url, Master master, String words) {}

    /**
     * @param threads stays the caller's to close
     * @throws IllegalArgumentException when the CA file can't be used
     */
    LiveCluster(ClusterSettings settings, AutoScalingGroups groups, TargetBook book, ExecutorService threads) {
        this.settings = settings;
        this.groups = groups;
        this.book = book;
        this.threads = threads;
        this.http = new ProbeHttp(settings.access(), 0);
        this.nodeProbe = new NodeProbe(http);
        this.clusterProbe = new ClusterProbe(http);
    }

    NodeSight node(NodeId node, String autoScalingGroup, Duration within) throws InterruptedException {
        var address = address(node);
        var others = Addresses.of(settings, book).stream().filter(url -> !address.equals(Optional.of(url))).toList();
        try (var parts = new SightParts(threads, within)) {
            var own = parts.begin("the node", () -> ask(node, address, ClusterWatch.shorter(timeout(node), within)));
            var scaling = parts.begin("Auto Scaling", () -> scaling(autoScalingGroup));
            var state = parts.begin("the cluster", () -> facts(others, within.dividedBy(QUESTIONS)));
            var seen = parts.end(own);
            var groupState = parts.end(scaling);
            var cluster = parts.end(state);
            return new NodeSight(merged(cluster.value(), groupState.value()), seen.value(),
                    SightParts.words(seen, groupState, cluster));
        }
    }

    StandbySight standby(Duration within) throws InterruptedException {
        var urls = Addresses.of(settings, book);
        try (var parts = new SightParts(threads, within)) {
            var view = parts.end(parts.begin("the standby",
                    () -> view(urls, ClusterWatch.shorter(settings.pace().timeout(), within))));
            return new StandbySight(view.value(), SightParts.words(view));
        }
    }

    @Override
    public void close() {
        clusterProbe.close();
        http.close();
    }

    private Optional<String> address(NodeId node) {
        return Stream.concat(
                book.nodes(settings.cluster()).stream().filter(target -> target.node().equals(node))
                        .map(target -> target.url()),
                settings.discovery().nodes().stream().filter(known -> known.name().equals(node.name()))
                        .map(StaticNode::url))
                .filter(url -> !url.isEmpty()).findFirst();
    }

    private Duration timeout(NodeId node) {
        return book.nodes(settings.cluster()).stream().filter(target -> target.node().equals(node)).findFirst()
                .map(settings::paceOf).orElse(settings.pace()).timeout();
    }

    private SightParts.Part<Outcome> ask(NodeId node, Optional<String> address, Duration timeout) {
        return address.map(url -> nodeProbe.probe(url, node.name(), settings.clusterName(), timeout))
                .map(SightParts.Part::of)
                .orElseGet(() -> SightParts.Part.none("nobody knows the address of " + node));
    }

    private SightParts.Part<ClusterView> view(List<String> urls, Duration timeout) {
        return urls.isEmpty()
                ? SightParts.Part.none("no node of " + settings.cluster() + " is known")
                : SightParts.Part.of(clusterProbe.probe(urls, settings.canaryIndex(), timeout));
    }

    private SightParts.Part<ClusterFacts> scaling(String group) {
        return reader(List.of(group), settings.pace().timeout()).read(List.of()).map(SightParts.Part::of)
                .orElseGet(
                        () -> SightParts.Part.none("Auto Scaling group " + group + " could not be read, see the log"));
    }

    private SightParts.Part<ClusterFacts> facts(List<String> urls, Duration most) throws InterruptedException {
        var timeout = ClusterWatch.shorter(settings.pace().timeout(), most);
        var words = new ArrayList<String>();
        for (int from = 0; from < urls.size(); from += AT_ONCE) {
            var some = urls.subList(from, Math.min(from + AT_ONCE, urls.size()));
            var asked = new ExecutorCompletionService<Sighted>(threads);
            some.forEach(url -> asked.submit(() -> sighted(url, timeout)));
            for (var _ : some) {
                var sighted = asked.take().resultNow();
                words.add(sighted.words());
                if (sighted.master() == Master.SEEN) {
                    var told = told(sighted.url(), timeout);
                    if (told.value().isPresent()) {
                        return told;
                    }
                    words.add(told.trouble());
                }
            }
        }
        return SightParts.Part.none("none of " + urls.size() + " other nodes of " + settings.cluster()
                + " could tell: " + String.join("; ", words));
    }

    private Sighted sighted(String url, Duration timeout) {
        Answer answer;
        try {
            answer = http.get(Elasticsearch.uri(url, Elasticsearch.MASTER), timeout);
        } catch (IllegalArgumentException | IllegalStateException ours) {
            return new Sighted(url, Master.UNKNOWN, url + ": " + Details.of(ours));
        }
        var master = Elasticsearch.master(answer);
        return new Sighted(url, master, url + ": " + switch (answer) {
            case Answer.Failed(var reason, var detail) -> reason + ", " + detail;
            case Answer.Response(int status, _) -> "HTTP " + status + ", master " + master;
        });
    }

    private SightParts.Part<ClusterFacts> told(String url, Duration timeout) {
        var read = reader(List.of(), timeout).read(List.of(url));
        if (read.isEmpty()) {
            return SightParts.Part.none(url + " did not tell the state of cluster '" + settings.clusterName() + "'");
        }
        var missing = EnumSet.allOf(FactGroup.class);
        missing.removeAll(read.get().ages().keySet());
        missing.remove(FactGroup.SCALING);
        return new SightParts.Part<>(read, missing.isEmpty()
                ? ""
                : url + " did not tell " + missing.stream()
                        .map(FactGroup::name).collect(Collectors.joining(", ")));
    }

    /** A new one for each look: what it read earlier must not count. */
    private FactReader reader(List<String> groupNames, Duration timeout) {
        var subject = new FactReader.Subject(settings.cluster(), settings.clusterName(), "run", groupNames, timeout);
        return new FactReader(subject, http, groups, System::nanoTime);
    }

    private ClusterFacts merged(Optional<ClusterFacts> cluster, Optional<ClusterFacts> scaling) {
        var known = KnownFacts.none(settings.cluster());
        for (var read : Stream.of(cluster, scaling).flatMap(Optional::stream).toList()) {
            known = known.with(read, Instant.EPOCH);
        }
        return known.facts();
    }
}
