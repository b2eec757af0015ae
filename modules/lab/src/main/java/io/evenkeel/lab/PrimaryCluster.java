package io.evenkeel.lab;

import io.evenkeel.lab.aws.InstanceLauncher;
import io.evenkeel.lab.elasticsearch.ElasticsearchDistribution;
import io.evenkeel.lab.elasticsearch.ElasticsearchNode;
import io.evenkeel.lab.elasticsearch.ElasticsearchNodeSpec;
import io.evenkeel.lab.process.LabException;
import io.evenkeel.lab.process.LabProcesses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Three dedicated masters, one a zone, and the data nodes that the Auto Scaling group launches: each instance is an
 * Elasticsearch process whose node name is its instance id. Thread-safe.
 */
final class PrimaryCluster implements InstanceLauncher {

    static final String NAME = "lab-primary";
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(90);

    private final ElasticsearchDistribution distribution;
    private final LabProcesses processes;
    private final Ports ports;
    private final List<ElasticsearchNode> masters;
    private final Map<String, ElasticsearchNode> instances = new LinkedHashMap<>();
    private final Set<String> takenHosts = new HashSet<>();

    /** The same two ports at every address. */
    record Ports(int http, int transport) {}

    PrimaryCluster(ElasticsearchDistribution distribution, LabProcesses processes, Ports ports) {
        this.distribution = distribution;
        this.processes = processes;
        this.ports = ports;
        this.masters = IntStream.rangeClosed(1, 3).mapToObj(this::master).toList();
    }

    private ElasticsearchNode master(int number) {
        return node(LabPlan.masterName(number), LabPlan.masterHost(number), List.of("master"),
                LabPlan.ZONES.get(number - 1), true);
    }

    private ElasticsearchNode node(String name, String host, List<String> roles, String zone, boolean initialMaster) {
        var seeds = IntStream.rangeClosed(1, 3).mapToObj(i -> LabPlan.masterHost(i) + ":" + ports.transport()).toList();
        var initial = IntStream.rangeClosed(1, 3).mapToObj(LabPlan::masterName).toList();
        return new ElasticsearchNode(new ElasticsearchNodeSpec(name, NAME, host, ports.http(), ports.transport(), roles,
                zone, Map.of(), seeds, initialMaster ? initial : List.of(), ElasticsearchNodeSpec.DEFAULT_HEAP_MB,
                Map.of("cluster.routing.allocation.awareness.attributes", "zone")), distribution, processes);
    }

    List<ElasticsearchNode> masters() {
        return masters;
    }

    synchronized Map<String, ElasticsearchNode> instances() {
        return Map.copyOf(instances);
    }

    synchronized List<ElasticsearchNode> all() {
        var all = new ArrayList<>(masters);
        all.addAll(instances.values());
        return all;
    }

    @Override
    public void launch(String instanceId, String groupName, String availabilityZone) {
        var node = node(instanceId, takeHost(availabilityZone), List.of("data", "ingest"), availabilityZone, false);
        synchronized (this) {
            instances.put(instanceId, node);
        }
        node.start();
        try {
            awaitAnswer(node);
        } catch (LabException failed) {
            terminate(instanceId);
            throw failed;
        }
    }

    private synchronized String takeHost(String zone) {
        return LabPlan.dataHosts(zone).stream().filter(takenHosts::add).findFirst()
                .orElseThrow(() -> new LabException("no address is left for another data node in " + zone));
    }

    private static void awaitAnswer(ElasticsearchNode node) {
        long deadline = System.nanoTime() + ANSWERS_WITHIN.toNanos();
        while (!answers(node)) {
            if (!node.isAlive() || System.nanoTime() > deadline) {
                throw new LabException("instance " + node.spec().name() + " did not start; see " + node.log());
            }
            try {
                Thread.sleep(Duration.ofMillis(200));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new LabException("interrupted while instance " + node.spec().name() + " started", interrupted);
            }
        }
    }

    private static boolean answers(ElasticsearchNode node) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(node.spec().host(), node.spec().httpPort()), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void terminate(String instanceId) {
        Optional<ElasticsearchNode> node;
        synchronized (this) {
            node = Optional.ofNullable(instances.remove(instanceId));
        }
        node.ifPresent(gone -> {
            gone.kill9();
            synchronized (this) {
                takenHosts.remove(gone.spec().host());
            }
        });
    }
}
