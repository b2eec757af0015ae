package io.evenkeel.lab.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.Command.FailOver;
import io.evenkeel.core.action.Command.ReplaceInstance;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.lab.RealParts;
import io.evenkeel.lab.aws.AutoScalingGroupSpec;
import io.evenkeel.lab.aws.AwsEndpoint;
import io.evenkeel.lab.aws.AwsEndpointSettings;
import io.evenkeel.lab.aws.CallJournal;
import io.evenkeel.lab.aws.HeldCalls;
import io.evenkeel.lab.aws.RecordingLauncher;
import io.evenkeel.lab.aws.SdkClients;
import io.evenkeel.lab.process.ChildCommand;
import io.evenkeel.lab.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheckType;

/** A broker, a registry and an AWS endpoint that run, {@link ActionProcess}es over them, and what reached AWS. */
final class ProcessWorld implements AutoCloseable {

    private final RealParts parts;
    private final RecordingLauncher launcher = new RecordingLauncher();
    private final AwsEndpoint aws = AwsEndpoint.start(
            AwsEndpointSettings.defaults().withRoute53RequestsPerSecond(1000), launcher);
    private final Route53Client route53 = new SdkClients(aws.uri()).route53();
    private final Map<String, String> healthChecks = new ConcurrentHashMap<>();

    ProcessWorld(Path folder) {
        parts = RealParts.start(folder);
    }

    RealParts parts() {
        return parts;
    }

    /** Topics of their own, on which time goes on. */
    ActionWorld topics() throws InterruptedException {
        var topics = new ActionWorld(parts, home());
        topics.startTime();
        return topics;
    }

    private Path home() {
        return parts.processes().folder();
    }

    /** Groups with as many instances, and all of them in service. */
    void makeGroups(Collection<String> names, int instances) throws Exception {
        var ready = names.stream().map(name -> aws.defineGroup(new AutoScalingGroupSpec(name, 0, instances, instances,
                List.of("us-east-1a"), Duration.ZERO, Map.of()))).toList();
        for (var one : ready) {
            one.get(30, TimeUnit.SECONDS);
        }
    }

    /** Known to the processes that are started afterwards. */
    void makeService(String name) {
        healthChecks.put(name, route53.createHealthCheck(request -> request.callerReference(name)
                .healthCheckConfig(check -> check.type(HealthCheckType.CALCULATED).healthThreshold(0)
                        .childHealthChecks(List.of())))
                .healthCheck().id());
    }

    /** @param number which of the group's instances, in the order of their ids */
    ActionRequest replacement(String id, String group, int number) {
        var instances = aws.instances(group).stream().sorted(Comparator.comparing(instance -> instance.id())).toList();
        return ActionWorld.replacement(id, group, instances.get(number).id());
    }

    static ActionRequest failover(String id, String service, long epoch) {
        var command = new FailOver(new ServiceId(service), ActionProcess.PRIMARY, new ClusterId("standby"), epoch);
        return new ActionRequest(id, "incident", command, Instant.now(), Instant.now().plusSeconds(600), epoch, "rev",
                "test");
    }

    HeldCalls hold(ActionRequest request, String action, HeldCalls.Moment moment) {
        return aws.faults().hold(action, thing(request), moment);
    }

    /** What the request changes on AWS, as its calls name it. */
    private String thing(ActionRequest request) {
        return switch (request.command()) {
            case ReplaceInstance replace -> replace.instanceId();
            case FailOver over -> healthChecks.getOrDefault(over.service().value(), "no health check");
        };
    }

    /** The changing calls for the request that were answered, whatever the answer. */
    List<CallJournal.Call> calls(ActionRequest request) {
        var action = request.command() instanceof FailOver ? "UpdateHealthCheck" : "SetInstanceHealth";
        return aws.journal().calls(action).stream()
                .filter(call -> call.parameters().values().stream().anyMatch(value -> value.contains(thing(request))))
                .toList();
    }

    /** How often AWS changed something for the request: an instance terminated, a health check in a new version. */
    long effects(ActionRequest request) {
        return switch (request.command()) {
            case ReplaceInstance replace ->
                launcher.terminated().stream().filter(replace.instanceId()::equals).count();
            case FailOver _ ->
                route53.getHealthCheck(ask -> ask.healthCheckId(thing(request))).healthCheck().healthCheckVersion() - 1;
        };
    }

    /** Where a process of this name looks for orders to hold. */
    Path steps(String process) throws IOException {
        return Files.createDirectories(home().resolve(process + ".steps"));
    }

    /** Starts a process that acts on the requests of these topics. */
    ChildProcess process(String name, Collection<ActionWorld> topics) throws IOException {
        var settings = new Properties();
        settings.setProperty("kafka", parts.kafka().bootstrapServers());
        settings.setProperty("registry", parts.registry().url().toString());
        settings.setProperty("aws", aws.uri().toString());
        settings.setProperty("home", home().toString());
        settings.setProperty("steps", steps(name).toString());
        settings.setProperty("prefixes",
                topics.stream().map(world -> world.topics.prefix()).collect(Collectors.joining(",")));
        healthChecks.forEach((service, check) -> settings.setProperty("service." + service, check));
        var file = home().resolve(name + ".properties");
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        var command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx160m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                ActionProcess.class.getName(), file.toString());
        return parts.processes().start(new ChildCommand(name, command,
                Map.of("AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID", "lab", "AWS_SECRET_ACCESS_KEY", "lab",
                        "AWS_EC2_METADATA_DISABLED", "true"),
                home(), home().resolve(name + ".log")));
    }

    /** Waits for the effect, which a group has after a while, and for a second one in vain. */
    void awaitOneEffect(ActionRequest request) {
        await().atMost(ActionWorld.LIMIT).untilAsserted(
                () -> assertThat(effects(request)).as("effects of " + request.id()).isEqualTo(1));
    }

    @Override
    public void close() {
        parts.close();
        route53.close();
        aws.close();
    }
}
