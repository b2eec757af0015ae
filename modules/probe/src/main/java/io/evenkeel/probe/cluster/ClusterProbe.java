package io.evenkeel.probe.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.evenkeel.core.health.ClusterView;
import io.evenkeel.core.health.ClusterView.Canary;
import io.evenkeel.core.health.ClusterView.Colour;
import io.evenkeel.core.health.ClusterView.Master;
import io.evenkeel.core.health.ClusterView.Members;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.probe.http.Answer;
import io.evenkeel.probe.http.Details;
import io.evenkeel.probe.http.Elasticsearch;
import io.evenkeel.probe.http.ProbeHttp;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Asks nodes of a cluster, side by side and within one deadline, whether the service can be used: a canary query, the
 * colour, the master and whom it counts in. Only questions that a node answers alone or that end with the deadline. One probe is a snapshot:
 * for a second after a master's death a node may still call the cluster green, and thresholds are there for that.
 */
public final class ClusterProbe implements AutoCloseable {

    /** Nodes asked in one probe; in larger clusters each probe starts at the next node. */
    public static final int MAX_NODES = 8;

    /** Connections that a probe uses to one node at once. */
    public static final int CONNECTIONS_PER_NODE = 2;

    private final ProbeHttp http;
    private final AtomicInteger turn = new AtomicInteger();
    private final ExecutorService asking = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("cluster-probe-", 0).factory());

    public ClusterProbe(ProbeHttp http) {
        this.http = http;
    }

    /**
     * One probe.
     *
     * @param urls of the nodes that are expected, at least one
     * @param canaryIndex an index or alias that a search must work on
     * @param timeout for the whole probe
     */
    public ClusterView probe(List<String> urls, String canaryIndex, Duration timeout) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a cluster probe needs at least one node to ask");
        }
        long end = System.nanoTime() + timeout.toNanos();
        var answers = new ArrayList<CompletableFuture<NodeAnswers>>();
        for (var url : chosen(urls)) {
            answers.add(ask(url, canaryQuery(canaryIndex, timeout), end));
        }
        return view(answers.stream().map(CompletableFuture::join).toList());
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }

    private List<String> chosen(List<String> urls) {
        int start = urls.size() <= MAX_NODES ? 0 : Math.floorMod(turn.getAndAdd(MAX_NODES), urls.size());
        var chosen = new ArrayList<String>();
        for (int i = 0; i < Math.min(MAX_NODES, urls.size()); i++) {
            chosen.add(urls.get((start + i) % urls.size()));
        }
        return chosen;
    }

    /** The server's own time-out lies under ours, so that a slow search is told by an answer where possible. */
    private static String canaryQuery(String index, Duration timeout) {
        return "/" + URLEncoder.encode(index, UTF_8) + "/_search?size=1&track_total_hits=false"
                + "&allow_partial_search_results=false&timeout=" + Math.max(1, timeout.toMillis() * 3 / 4)
                + "ms&filter_path=timed_out,_shards.failed,error.type";
    }

    private CompletableFuture<NodeAnswers> ask(String url, String canaryQuery, long end) {
        // Beside each other: a canary that hangs must not hide colour and master.
        var canary = later(() -> get(url, canaryQuery, end));
        var state = later(() -> List.of(get(url, Elasticsearch.HEALTH, end), get(url, Elasticsearch.STATE, end)));
        return canary.thenCombine(state, (search, two) -> new NodeAnswers(url, search, two.getFirst(), two.getLast()));
    }

    private <T> CompletableFuture<T> later(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, asking);
    }

    private Answer get(String url, String question, long end) {
        var left = Duration.ofNanos(end - System.nanoTime());
        if (left.isNegative()) {
            return new Answer.Failed(FailureReason.READ_TIMEOUT, "no time left to ask");
        }
        try {
            return http.get(Elasticsearch.uri(url, question), left);
        } catch (IllegalArgumentException e) {
            return new Answer.Failed(FailureReason.OTHER, Details.of(e));
        }
    }

    private static ClusterView view(List<NodeAnswers> nodes) {
        int answered = (int) nodes.stream().filter(NodeAnswers::answered).count();
        var canary = canary(nodes);
        return new ClusterView(nodes.size(), answered, canary, colour(nodes), master(nodes), members(nodes),
                detail(nodes, canary));
    }

    private static Canary canary(List<NodeAnswers> nodes) {
        var verdicts = nodes.stream().map(NodeAnswers::canaryVerdict).toList();
        if (verdicts.contains(Canary.WORKS)) {
            return Canary.WORKS;
        }
        return verdicts.contains(Canary.UNPROVEN) ? Canary.UNPROVEN : Canary.FAILED;
    }

    /** The worst that is said by nodes with a master; a node cut off from it calls everything red. */
    private static Colour colour(List<NodeAnswers> nodes) {
        var withMaster = nodes.stream().filter(node -> node.masterSeen() == Master.SEEN).toList();
        return (withMaster.isEmpty() ? nodes : withMaster).stream().map(NodeAnswers::colour)
                .filter(colour -> colour != Colour.UNKNOWN).max(Comparator.naturalOrder()).orElse(Colour.UNKNOWN);
    }

    private static Master master(List<NodeAnswers> nodes) {
        var seen = nodes.stream().map(NodeAnswers::masterSeen).toList();
        if (seen.contains(Master.SEEN)) {
            return Master.SEEN;
        }
        return seen.contains(Master.ABSENT) ? Master.ABSENT : Master.UNKNOWN;
    }

    /** The newest list that a node with a master tells; one that lost its master goes on listing the dead. */
    private static Members members(List<NodeAnswers> nodes) {
        return nodes.stream().filter(node -> node.masterSeen() == Master.SEEN && !node.members().isEmpty())
                .max(Comparator.comparingLong(NodeAnswers::stateVersion))
                .<Members>map(node -> new Members.Listed(node.members())).orElseGet(Members.Unknown::new);
    }

    private static String detail(List<NodeAnswers> nodes, Canary canary) {
        if (canary == Canary.WORKS) {
            return "canary works";
        }
        return Details.line("canary " + canary + "; " + String.join("; ", nodes.stream()
                .map(NodeAnswers::canaryTrouble).toList()));
    }
}
