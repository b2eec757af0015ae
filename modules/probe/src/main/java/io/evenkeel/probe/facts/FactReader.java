package io.evenkeel.probe.facts;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.facts.ClusterFacts;
import io.evenkeel.core.facts.ClusterFacts.Allocation;
import io.evenkeel.core.facts.ClusterFacts.ScalingGroup;
import io.evenkeel.core.facts.FactGroup;
import io.evenkeel.probe.discovery.AutoScalingGroups;
import io.evenkeel.probe.http.Answer;
import io.evenkeel.probe.http.Elasticsearch;
import io.evenkeel.probe.http.Json;
import io.evenkeel.probe.http.ProbeHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the facts of one cluster: its state and health from one node's own knowledge, disks of all nodes through it, Auto
 * Scaling groups from AWS. What can't be read is left out. One thread at a time.
 */
public final class FactReader {

    private static final Logger LOG = LoggerFactory.getLogger(FactReader.class);

    private static final String HEALTH = "/_cluster/health?local=true"
            + "&filter_path=relocating_shards,initializing_shards,unassigned_shards,delayed_unassigned_shards";
    private static final int TRIES = 3;
    /** AWS is asked no oftener, also while a node is suspect: its limits are the account's. */
    private static final Duration SCALING_EVERY = Duration.ofSeconds(25);

    /**
     * The cluster and how it is read.
     *
     * @param clusterName the {@code cluster.name} that must answer; empty accepts any
     * @param agent name of the process, for people
     * @param groupNames its Auto Scaling groups; may be empty
     * @param timeout of each question
     */
    public record Subject(ClusterId cluster, String clusterName, String agent, List<String> groupNames,
            Duration timeout) {
        public Subject {
            groupNames = List.copyOf(groupNames);
        }
    }

    private record Scaling(SortedMap<String, ScalingGroup> groups, long readAt) {}

    private final Subject subject;
    private final ProbeHttp http;
    private final AutoScalingGroups groups;
    private final LongSupplier nanoTime;
    private final Map<String, String> names = new HashMap<>();
    private Optional<Scaling> scaling = Optional.empty();
    private String lastAnswered = "";
    private int turn;

    /** @param nanoTime the agent's monotonic clock */
    public FactReader(Subject subject, ProbeHttp http, AutoScalingGroups groups, LongSupplier nanoTime) {
        this.subject = subject;
        this.http = http;
        this.groups = groups;
        this.nanoTime = nanoTime;
    }

    /**
     * What can be read now. Blocks for some time-outs at most.
     *
     * @param urls nodes to ask, until one answers that sees a master
     * @return empty when nothing could be read
     */
    public Optional<ClusterFacts> read(List<String> urls) {
        var times = new TreeMap<FactGroup, Long>();
        var facts = ClusterFacts.none(subject.cluster());
        for (String url : candidates(urls)) {
            long asked = nanoTime.getAsLong();
            var state = ask(url, StateFacts.QUESTION).map(body -> new StateFacts(body, names))
                    .filter(known -> known.hasMaster() && known.isOf(subject.clusterName()));
            if (state.isPresent()) {
                lastAnswered = url;
                times.put(FactGroup.MEMBERSHIP, asked);
                times.put(FactGroup.COPIES, asked);
                times.put(FactGroup.SHUTDOWNS, asked);
                facts = new ClusterFacts(facts.cluster(), subject.agent(), new TreeMap<>(), state.get().membership(),
                        state.get().copies(), allocation(url, times), state.get().shutdowns(), facts.disks(),
                        facts.scalingGroups());
                facts = withDisks(facts, url, times);
                break;
            }
        }
        facts = withScaling(facts, times);
        return times.isEmpty() ? Optional.empty() : Optional.of(aged(facts, times));
    }

    /** The one that answered last, then others in turn, so that some rounds later each has been asked. */
    private List<String> candidates(List<String> urls) {
        var all = new ArrayList<>(urls);
        Collections.rotate(all, -turn);
        turn = all.isEmpty() ? 0 : (turn + TRIES) % all.size();
        if (all.remove(lastAnswered)) {
            all.addFirst(lastAnswered);
        }
        return all.subList(0, Math.min(TRIES, all.size()));
    }

    private Optional<JsonNode> ask(String url, String question) {
        try {
            return http.get(Elasticsearch.uri(url, question),
                    subject.timeout()) instanceof Answer.Response(int status, String body)
                    && status == 200 ? Optional.of(Json.tree(body)).filter(JsonNode::isObject) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            LOG.atWarn().addKeyValue("cluster", subject.cluster()).addKeyValue("url", url)
                    .addKeyValue("error", notAnAddress.toString()).log("node can't be asked for facts");
            return Optional.empty();
        }
    }

    private Allocation allocation(String url, Map<FactGroup, Long> times) {
        long asked = nanoTime.getAsLong();
        return ask(url, HEALTH).map(health -> {
            times.put(FactGroup.ALLOCATION, asked);
            return new Allocation(health.path("relocating_shards").asInt(),
                    health.path("initializing_shards").asInt(), health.path("unassigned_shards").asInt(),
                    health.path("delayed_unassigned_shards").asInt());
        }).orElse(new Allocation(0, 0, 0, 0));
    }

    private ClusterFacts withDisks(ClusterFacts facts, String url, Map<FactGroup, Long> times) {
        long asked = nanoTime.getAsLong();
        return ask(url, DiskFacts.question(subject.timeout())).map(answer -> {
            times.put(FactGroup.DISKS, asked);
            return new ClusterFacts(facts.cluster(), facts.agent(), facts.ages(), facts.membership(), facts.copies(),
                    facts.allocation(), facts.shutdowns(), DiskFacts.of(answer), facts.scalingGroups());
        }).orElse(facts);
    }

    private ClusterFacts withScaling(ClusterFacts facts, Map<FactGroup, Long> times) {
        readScaling();
        return scaling.map(known -> {
            times.put(FactGroup.SCALING, known.readAt());
            return new ClusterFacts(facts.cluster(), subject.agent(), facts.ages(), facts.membership(),
                    facts.copies(), facts.allocation(), facts.shutdowns(), facts.disks(), known.groups());
        }).orElse(facts);
    }

    private void readScaling() {
        long now = nanoTime.getAsLong();
        boolean fresh = scaling.filter(known -> now - known.readAt() < SCALING_EVERY.toNanos()).isPresent();
        if (subject.groupNames().isEmpty() || fresh) {
            return;
        }
        try {
            scaling = Optional.of(new Scaling(groups.states(subject.groupNames()), now));
        } catch (RuntimeException refused) {
            // What was read before stays, and grows old.
            LOG.atWarn().addKeyValue("cluster", subject.cluster()).addKeyValue("groups", subject.groupNames())
                    .addKeyValue("error", refused.toString()).log("auto scaling groups can't be read for facts");
        }
    }

    private ClusterFacts aged(ClusterFacts facts, Map<FactGroup, Long> times) {
        long now = nanoTime.getAsLong();
        var ages = new TreeMap<FactGroup, Duration>();
        times.forEach((group, at) -> ages.put(group, Duration.ofNanos(now - at)));
        return new ClusterFacts(facts.cluster(), facts.agent(), ages, facts.membership(), facts.copies(),
                facts.allocation(), facts.shutdowns(), facts.disks(), facts.scalingGroups());
    }
}
