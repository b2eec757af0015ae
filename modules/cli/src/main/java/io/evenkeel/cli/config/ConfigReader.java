package io.evenkeel.cli.config;

import io.evenkeel.actions.ActionTimes;
import io.evenkeel.cli.config.EvenkeelConfig.Actions;
import io.evenkeel.cli.config.EvenkeelConfig.Agent;
import io.evenkeel.cli.config.EvenkeelConfig.Cluster;
import io.evenkeel.cli.config.EvenkeelConfig.Dns;
import io.evenkeel.cli.config.EvenkeelConfig.Heartbeat;
import io.evenkeel.cli.config.EvenkeelConfig.Kafka;
import io.evenkeel.cli.config.EvenkeelConfig.Metrics;
import io.evenkeel.cli.config.EvenkeelConfig.Registry;
import io.evenkeel.cli.config.EvenkeelConfig.Service;
import io.evenkeel.cli.config.EvenkeelConfig.StaticNode;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.DecisionPolicy;
import io.evenkeel.core.health.HealthPolicy;
import io.evenkeel.core.health.NodeRole;
import io.evenkeel.core.policy.PolicySet;
import io.evenkeel.core.time.Durations;
import io.evenkeel.events.Topics;
import io.evenkeel.probe.ProbePace;
import io.evenkeel.probe.doubt.Reference;
import io.evenkeel.topology.policy.PolicyJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The keys of the file, with their rules and defaults. */
final class ConfigReader {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** Where Elasticsearch listens on the machine it runs on. */
    private static final URI LOCAL_NODE = URI.create("http://localhost:9200");

    /** What OpenTelemetry's and others' Prometheus exporters listen on by default. */
    private static final int METRICS_PORT = 9464;
    /** The next one: {@code run} and {@code agent} may share a machine and a file. */
    private static final int AGENT_METRICS_PORT = 9465;

    private final Complaints complaints;
    private final String source;

    ConfigReader(Complaints complaints, String source) {
        this.complaints = complaints;
        this.source = source;
    }

    EvenkeelConfig read(Section root) {
        var kafka = kafka(root.section("kafka"));
        var registry = registry(root.section("schemaRegistry"));
        var vantages = root.sections("vantages").stream().map(ConfigReader::vantage).toList();
        if (vantages.isEmpty()) {
            root.complain("vantages", "must list at least one vantage with name and zone");
        }
        var decisionSection = root.section("decision");
        var actAfter = decisionSection.duration("actAfter", Duration.ofSeconds(60), Duration.ZERO, DAY);
        var health = new TreeMap<String, HealthPolicy>();
        var clusters = root.sections("clusters").stream().map(section -> cluster(section, actAfter, health)).toList();
        if (clusters.isEmpty()) {
            root.complain("clusters", "must list at least one cluster");
        }
        if (clusters.stream().map(Cluster::id).distinct().count() != clusters.size()) {
            root.complain("clusters", "must have an id each");
        }
        var services = new ArrayList<Service>();
        for (var section : root.sections("services")) {
            services.add(service(section, clusters));
        }
        var decision = decision(decisionSection, actAfter, services);
        var actions = actions(root.section("actions"));
        var heartbeat = root.has("heartbeat")
                ? Optional.of(heartbeat(root.section("heartbeat")))
                : Optional.<Heartbeat>empty();
        var alertsReader = new AlertsReader(services, kafka.topicPrefix());
        var alerts = root.has("alerts") ? alertsReader.read(root.section("alerts")) : alertsReader.none();
        var agent = agent(root.section("agent"));
        var metrics = metrics(root.section("metrics"), METRICS_PORT);
        var api = new ApiReader().read(root.section("api"));
        root.nothingElse();
        complaints.throwIfAny();
        var policies = PolicyJson.revised(new PolicySet(HealthPolicy.defaults(""), health, decision));
        return new EvenkeelConfig(source, kafka, registry, vantages, clusters, services, policies, actions, heartbeat,
                alerts, agent, metrics, api);
    }

    private static Kafka kafka(Section section) {
        var kafka = new Kafka(section.text("bootstrapServers"), section.parsed("topicPrefix", Topics.DEFAULT_PREFIX,
                "must be at most 100 of letters, digits, '.', '_' and '-'", ConfigReader::topicPrefix),

                section.integer("replicationFactor", 3, 1, 9), section.textMap("properties"),
                Path.of(section.text("stateFolder", System.getProperty("java.io.tmpdir") + "/evenkeel-state")));
        section.nothingElse();
        return kafka;
    }

    private static Optional<String> topicPrefix(String text) {
        try {
            return Optional.of(new Topics(text).prefix());
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static Registry registry(Section section) {
        var settings = new HashMap<>(section.textMap("properties"));
        settings.put("schema.registry.url", section.url("url").toString());
        settings.put("auto.register.schemas", Boolean.toString(section.flag("autoRegister", false)));
        section.optionalText("serializer").ifPresent(name -> settings.put("evenkeel.avro.serializer", name));
        section.optionalText("deserializer").ifPresent(name -> settings.put("evenkeel.avro.deserializer", name));
        section.nothingElse();
        return new Registry(Map.copyOf(settings));
    }

    private static Vantage vantage(Section section) {
        var vantage = new Vantage(name(section, "name"), name(section, "zone"));
        section.nothingElse();
        return vantage;
    }

    private static String name(Section section, String key) {
        String text = section.text(key);
        return checked(section, key, text, value -> new Vantage(value, "z").name(), "missing");
    }

    /** Runs a domain type's own check and makes its message the complaint. */
    private static <T> T checked(Section section, String key, String text, Function<String, T> constructor,
            T fallback) {
        try {
            return constructor.apply(text);
        } catch (IllegalArgumentException refused) {
            section.complain(key, String.valueOf(refused.getMessage()));
            return fallback;
        }
    }

    private static Cluster cluster(Section section, Duration actAfter, Map<String, HealthPolicy> health) {
        var id = checked(section, "id", section.text("id"), ClusterId::new, new ClusterId("missing"));
        var probe = section.section("probe");
        var pace = pace(probe, ProbePace.USUAL);
        var roles = paces(probe.section("roles"), pace);
        probe.nothingElse();
        health.put(id.value(), new HealthReader(pace, roles, actAfter).read(section.section("health")));
        var cluster = new Cluster(id, section.text("clusterName", ""), urls(section, "seeds"),
                section.sections("nodes").stream().map(node -> staticNode(id, node)).toList(),
                section.texts("autoScalingGroups"), section.text("canaryIndex", "evenkeel-canary"), pace, roles,
                section.optionalText("apiKey"),
                section.optionalText("caCertificate").map(Path::of));
        section.nothingElse();
        if (cluster.seeds().isEmpty() && cluster.nodes().isEmpty()) {
            section.complain("seeds", "must list at least one address, or nodes at least one node");
        }
        return cluster;
    }

    private static ProbePace pace(Section section, ProbePace usual) {
        var interval = section.duration("interval", usual.interval(), Duration.ofMillis(100), HOUR);
        var timeout = section.duration("timeout", usual.timeout(), Duration.ofMillis(50), HOUR);
        if (timeout.compareTo(interval) >= 0) {
            section.complain("timeout", "must be shorter than interval (" + Durations.text(interval) + "), was "
                    + Durations.text(timeout));
            return usual;
        }
        return new ProbePace(interval, timeout);
    }

    /** Of each role, given or not. */
    private static Map<NodeRole, ProbePace> paces(Section section, ProbePace usual) {
        var paces = new EnumMap<NodeRole, ProbePace>(NodeRole.class);
        for (var role : NodeRole.values()) {
            var own = section.section(role.name().toLowerCase(Locale.ROOT));
            paces.put(role, pace(own, usual));
            own.nothingElse();
        }
        section.nothingElse();
        return paces;
    }

    private static List<URI> urls(Section section, String key) {
        var urls = new ArrayList<URI>();
        for (String text : section.texts(key)) {
            try {
                var url = URI.create(text);
                if (url.getHost() == null) {
                    throw new IllegalArgumentException("no host");
                }
                urls.add(url);
            } catch (IllegalArgumentException notAnAddress) {
                section.complain(key, "must list http:// or https:// addresses, was '" + text + "'");
            }
        }
        return urls;
    }

    private static StaticNode staticNode(ClusterId cluster, Section section) {
        String name = section.text("name");
        var node = new StaticNode(checked(section, "name", name, text -> new NodeId(cluster, text).name(), "missing"),
                section.url("url"), section.text("zone", ""), section.texts("roles"));
        section.nothingElse();
        return node;
    }

    private static Service service(Section section, List<Cluster> clusters) {
        var id = checked(section, "name", section.text("name"), ServiceId::new, new ServiceId("missing"));
        var primary = clusterOf(section, "primary", clusters);
        var standby = clusterOf(section, "standby", clusters);
        if (primary.equals(standby)) {
            section.complain("standby", "must be another cluster than primary");
        }
        var service = new Service(id, primary, standby, dns(section.section("dns"), primary, standby));
        section.nothingElse();
        return service;
    }

    private static ClusterId clusterOf(Section section, String key, List<Cluster> clusters) {
        var ids = clusters.stream().map(cluster -> cluster.id().value()).toList();
        String text = section.text(key);
        if (!ids.contains(text)) {
            section.complain(key, "must be the id of a cluster in this file (" + String.join(", ", ids) + "), was '"
                    + text + "'");
        }
        return checked(section, key, text, ClusterId::new, new ClusterId("missing"));
    }

    private static Dns dns(Section section, ClusterId primary, ClusterId standby) {
        String strategy = section.choice("strategy", "health-check", "health-check", "record-set");
        Dns dns;
        if (strategy.equals("health-check")) {
            dns = new Dns.HealthCheck(section.text("healthCheckId"));
        } else {
            var values = new HashMap<ClusterId, List<String>>();
            values.put(primary, section.texts("primaryValues"));
            values.put(standby, section.texts("standbyValues"));
            if (values.values().stream().anyMatch(List::isEmpty)) {
                section.complain("standbyValues", "primaryValues and standbyValues must each list the record's values");
            }
            String type = section.choice("type", "A", "A", "CNAME");
            if (type.equals("CNAME") && values.values().stream().anyMatch(names -> names.size() > 1)) {
                section.complain("type", "CNAME takes one name on each side; A takes several addresses");
            }
            dns = new Dns.RecordSet(section.text("hostedZoneId"), section.text("recordName"), type,
                    section.duration("ttl", Duration.ofSeconds(60), SECOND, DAY), Map.copyOf(values));
        }
        section.nothingElse();
        return dns;
    }

    private static DecisionPolicy decision(Section section, Duration actAfter, List<Service> services) {
        var policy = new DecisionPolicy("", section.flag("armed", false), actAfter,
                section.duration("standbyProof", Duration.ofSeconds(60), Duration.ZERO, DAY),
                section.duration("coolDown", Duration.ofMinutes(30), Duration.ZERO, Duration.ofDays(7)),
                section.duration("actWithin", Duration.ofMinutes(5), SECOND, HOUR),
                section.duration("replaceWithin", Duration.ofMinutes(15), SECOND, DAY),
                section.duration("retryAfter", Duration.ofSeconds(30), SECOND, HOUR),
                section.integer("maxAttempts", 3, 1, 100), section.flag("failOverOnQuorumLost", false),
                services.stream().filter(service -> !service.primary().equals(service.standby()))
                        .map(service -> new DecisionPolicy.Service(service.id(), service.primary(), service.standby()))
                        .toList(),
                new SafetyReader(section).read());
        section.nothingElse();
        return policy;
    }

    private static Actions actions(Section section) {
        var actions = new Actions(Path.of(section.text("home", ".")), times(section),
                section.optionalText("snsTopicArn"), section.optionalText("eventBus"));
        section.nothingElse();
        return actions;
    }

    private static ActionTimes times(Section section) {
        var usual = ActionTimes.DEFAULT;
        var lease = section.duration("lease", usual.lease(), Duration.ofSeconds(9), Duration.ofMinutes(10));
        var call = section.duration("callTimeout", usual.callTimeout(), SECOND, Duration.ofMinutes(1));
        if (!ActionTimes.fits(lease, call)) {
            section.complain("callTimeout", "must be at most a third of lease (" + Durations.text(lease)
                    + "), so that a claim outlasts a read, a look and a call; was " + Durations.text(call));
            return usual;
        }
        return new ActionTimes(lease, call, usual.verifyWithin(), usual.stopWithin());
    }

    private static Heartbeat heartbeat(Section section) {
        var heartbeat = new Heartbeat(section.url("url"),
                section.duration("interval", Duration.ofSeconds(30), SECOND, HOUR));
        section.nothingElse();
        return heartbeat;
    }

    private static Agent agent(Section section) {
        var health = section.section("health");
        boolean enabled = health.flag("enabled", true);
        var localNode = health.optionalUrl("localNode").orElse(LOCAL_NODE);
        var agent = new Agent(health.text("host", "127.0.0.1"), health.integer("port", 8080, 0, 65_535),
                enabled ? Optional.of(localNode) : Optional.empty(),
                section.duration("discoveryInterval", Duration.ofSeconds(10), SECOND, HOUR), references(section),
                metrics(section.section("metrics"), AGENT_METRICS_PORT));
        health.nothingElse();
        section.nothingElse();
        return agent;
    }

    private static List<URI> references(Section section) {
        var references = new ArrayList<URI>();
        for (String text : section.texts("references")) {
            try {
                references.add(Reference.address(text));
            } catch (IllegalArgumentException refused) {
                section.complain("references", "must list http://host, https://host or tcp://host:port addresses, was '"
                        + text + "'");
            }
        }
        return references;
    }

    private static Metrics metrics(Section section, int port) {
        var metrics = new Metrics(section.flag("enabled", true), section.text("host", "127.0.0.1"),
                section.integer("port", port, 0, 65_535));
        section.nothingElse();
        return metrics;
    }
}
