package io.evenkeel.cli.pipeline;

import io.evenkeel.cli.ConfigOption;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.EventPublisher;
import io.evenkeel.events.kafka.KafkaSettings;
import io.evenkeel.events.serde.EventSerdes;
import io.evenkeel.topology.policy.PolicyJson;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Puts a file's policy in force, also one that was replaced before: the way back. */
@Command(name = "publish-policy", mixinStandardHelpOptions = true, description = "Put the policy of a configuration file in force, also one that a newer policy replaced.", footer = {
        "", "Running pipelines go by it within two seconds. 'run' does the same by itself for a",
        "policy that was never published before.", "", "Example:",
        "  evenkeel publish-policy --config evenkeel.yaml"})
public final class PublishPolicyCommand implements Callable<Integer> {

    private static final int ACKNOWLEDGED_WITHIN_SECONDS = 10;

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var read = config.read();
        var topics = new Topics(read.kafka().topicPrefix());
        try (var serdes = new EventSerdes(read.registry().settings());
                var publisher = new EventPublisher(new KafkaSettings(read.kafka().clientSettings()), "evenkeel-cli",
                        serdes.serializer())) {
            var sent = publisher.send(topics.policies(), PolicyJson.record(read.policies(), "evenkeel publish-policy"));
            sent.toCompletableFuture().get(ACKNOWLEDGED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException("Kafka did not acknowledge it, so the policy did not change: "
                    + (failed.getCause() == null
                            ? "no answer within " + ACKNOWLEDGED_WITHIN_SECONDS + " s"
                            : failed.getCause().getMessage()),
                    failed);
        }
        spec.commandLine().getOut().println("policy " + read.policies().revision() + " is in force, "
                + (read.policies().decision().armed() ? "ARMED" : "dry-run"));
        return 0;
    }
}
