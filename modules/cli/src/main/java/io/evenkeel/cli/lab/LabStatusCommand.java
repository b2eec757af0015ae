package io.evenkeel.cli.lab;

import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.Table;
import io.evenkeel.core.decision.ServiceStatus;
import io.evenkeel.core.health.ClusterStatus;
import io.evenkeel.core.health.NodeStatus;
import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.json.Json;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.kafka.TopicTable;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.lab.LabAddresses;
import io.evenkeel.lab.process.LabException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is up, where, and how the pipeline sees it; read from the state topics. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Show the running lab: addresses, and the states of services, clusters and nodes.")
final class LabStatusCommand implements Callable<Integer> {

    private static final List<String> KINDS = List.of("service", "cluster", "node");
    private static final Duration READ_WITHIN = Duration.ofSeconds(15);

    @Spec
    private CommandSpec spec;
    @Mixin
    private OutputOption output = new OutputOption();

    /** One line of the table. */
    record Row(String kind, String subject, String state, String since, String reason) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        var addresses = RunningLab.require().addresses();
        var rows = rows(addresses);
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            var report = new LinkedHashMap<String, Object>();
            report.put("addresses", addresses);
            report.put("states", rows);
            out.println(Json.pretty(report));
            return 0;
        }
        out.println("lab runs, pid " + addresses.pid());
        addresses.environment().forEach((name, value) -> out.println("  %-30s %s".formatted(name, value)));
        out.println();
        var table = new Table("KIND", "SUBJECT", "STATE", "SINCE", "REASON");
        rows.forEach(row -> table.row(row.kind(), row.subject(), row.state(), row.since(), row.reason()));
        table.print(out);
        return 0;
    }

    private static List<Row> rows(LabAddresses addresses) throws InterruptedException {
        var topics = new Topics();
        var kafka = new KafkaSettings(Map.of("bootstrap.servers", addresses.bootstrapServers()));
        var rows = new ArrayList<Row>();
        try (var serdes = new EventSerdes(Map.of("schema.registry.url", addresses.schemaRegistryUrl()))) {
            read(kafka, serdes, topics.serviceStates(), ServiceStatus.class)
                    .forEach(status -> rows.add(new Row("service",
                            status.service().value(), status.state().name(), status.since().toString(),
                            "active: " + status.active())));
            read(kafka, serdes, topics.clusterStates(), ClusterStatus.class)
                    .forEach(status -> rows.add(new Row("cluster",
                            status.cluster().value(), status.state().name(), status.since().toString(),
                            status.reason())));
            read(kafka, serdes, topics.nodeStates(), NodeStatus.class)
                    .forEach(status -> rows.add(new Row("node", status.target().node().toString(),
                            status.state().name(), status.since().toString(), status.reason())));
        }
        rows.sort(Comparator.comparingInt((Row row) -> KINDS.indexOf(row.kind()))
                .thenComparing(Row::subject));
        return rows;
    }

    private static <T> List<T> read(KafkaSettings kafka, EventSerdes serdes, TopicSpec topic, Class<T> type)
            throws InterruptedException {
        try (var table = TopicTable.start(kafka, "evenkeel-status", TopicTable.Reading.kept(topic,
                serdes.deserializer(), type))) {
            if (!table.awaitCaughtUp(READ_WITHIN)) {
                throw new LabException("Kafka at " + kafka.bootstrapServers() + " does not answer");
            }
            return List.copyOf(table.snapshot().values());
        }
    }
}
