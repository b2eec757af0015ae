package io.evenkeel.lab;

import io.evenkeel.lab.process.ChildCommand;
import io.evenkeel.lab.process.ChildProcess;
import io.evenkeel.lab.process.FreePorts;
import io.evenkeel.lab.process.LabException;
import io.evenkeel.lab.process.LabProcesses;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The product's own processes: one run, an agent in each zone, and commands as a person types them. For one thread. */
final class EvenkeelProcesses {

    private final List<String> evenkeel;
    private final LabProcesses processes;
    private final Path config;
    private final URI aws;
    private final SequencedMap<String, Agent> agents = new LinkedHashMap<>();
    private @Nullable ChildProcess pipeline;

    private record Agent(String listen, URI localNode, ChildProcess process) {}

    /**
     * @param evenkeel the product's own command line, up to the subcommand
     * @param aws where its SDK finds AWS
     */
    EvenkeelProcesses(List<String> evenkeel, LabProcesses processes, Path config, URI aws) {
        this.evenkeel = evenkeel;
        this.processes = processes;
        this.config = config;
        this.aws = aws;
    }

    void startPipeline() {
        pipeline = start("pipeline", List.of("-Xmx256m"), List.of("run"));
    }

    /** The newest that was started. */
    ChildProcess pipeline() {
        return Optional.ofNullable(pipeline).orElseThrow(() -> new IllegalStateException("no pipeline was started"));
    }

    /** @param localNode the node whose health the agent serves */
    void startAgent(String vantage, URI localNode) {
        start(vantage, "127.0.0.1:" + FreePorts.find(), localNode);
    }

    private void start(String vantage, String listen, URI localNode) {
        agents.put(vantage, new Agent(listen, localNode, start(vantage, List.of("-Xmx128m"),
                List.of("agent", "--vantage", vantage, "--health-listen", listen, "--local-node",
                        localNode.toString()))));
    }

    ChildProcess agent(String vantage) {
        return Optional.ofNullable(agents.get(vantage)).map(Agent::process)
                .orElseThrow(() -> new IllegalArgumentException("there is no agent " + vantage));
    }

    List<String> healthUrls() {
        return agents.values().stream().map(agent -> "http://" + agent.listen() + "/health").toList();
    }

    /** Starts again what was killed. */
    void startMissing() {
        Map.copyOf(agents).forEach((vantage, agent) -> {
            if (!agent.process().isAlive()) {
                start(vantage, agent.listen(), agent.localNode());
            }
        });
        if (!pipeline().isAlive()) {
            startPipeline();
        }
    }

    /** @throws LabException naming the log of the first that has ended */
    void requireAlive() {
        agents.values().forEach(agent -> requireAlive(agent.process()));
        requireAlive(pipeline());
    }

    private static void requireAlive(ChildProcess child) {
        if (!child.isAlive()) {
            throw new LabException(child.name() + " ended; see " + child.log());
        }
    }

    /** Runs a command to its end and returns its exit code. */
    int run(List<String> arguments) {
        var child = start("command", List.of(), arguments);
        if (!child.await(Duration.ofSeconds(30))) {
            throw new LabException("evenkeel " + String.join(" ", arguments) + " did not end within 30 s; see "
                    + child.log());
        }
        return child.onExit().join();
    }

    private ChildProcess start(String name, List<String> jvm, List<String> arguments) {
        var command = new ArrayList<>(evenkeel);
        command.addAll(1, jvm);
        command.addAll(arguments);
        command.addAll(List.of("--config", config.toString()));
        var folder = processes.folder();
        return processes.start(new ChildCommand(name, command, awsEnvironment(), folder,
                folder.resolve("logs").resolve(name + ".log")));
    }

    /** How the SDK is told of the lab's endpoint: by its own means. */
    private Map<String, String> awsEnvironment() {
        return Map.of("AWS_ENDPOINT_URL", aws.toString(), "AWS_REGION", LabPlan.REGION, "AWS_ACCESS_KEY_ID", "lab",
                "AWS_SECRET_ACCESS_KEY", "lab", "AWS_EC2_METADATA_DISABLED", "true");
    }
}
