package io.evenkeel.events.registry;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.Topics;
import io.evenkeel.events.avro.ActionOutcome;
import io.evenkeel.events.avro.ActionRequest;
import io.evenkeel.events.avro.Alert;
import io.evenkeel.events.avro.Delivery;
import io.evenkeel.events.avro.Notification;
import io.evenkeel.events.avro.ClusterFacts;
import io.evenkeel.events.avro.ClusterState;
import io.evenkeel.events.avro.ClusterTransition;
import io.evenkeel.events.avro.Decision;
import io.evenkeel.events.avro.FailoverTransition;
import io.evenkeel.events.avro.HealthProgress;
import io.evenkeel.events.avro.Intent;
import io.evenkeel.events.avro.NodeState;
import io.evenkeel.events.avro.NodeTransition;
import io.evenkeel.events.avro.Order;
import io.evenkeel.events.avro.Policy;
import io.evenkeel.events.avro.ProbeResult;
import io.evenkeel.events.avro.ServiceState;
import io.evenkeel.events.avro.Target;
import io.evenkeel.events.avro.Tick;
import io.evenkeel.events.avro.VantageState;
import io.evenkeel.events.avro.VantageTransition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Makes sure at start that the registry has every schema of every topic, and that the process knows their ids from then
 * on without asking again.
 */
public final class SchemaRegistration {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RegistryClient registry;
    private final Topics topics;
    private final boolean register;

    /**
     * @param register {@code auto.register.schemas}: register what is missing and set each subject's compatibility;
     *     false only looks them up
     */
    public SchemaRegistration(RegistryClient registry, Topics topics, boolean register) {
        this.registry = registry;
        this.topics = topics;
        this.register = register;
    }

    /**
     * Returns once all are there; waits for the registry as long as it takes.
     *
     * @param progress told one line for people each time the registry could not be asked
     * @throws SerializationException naming the subject, when a schema is missing and may not be registered, or the
     *     registry finds it incompatible
     * @throws InterruptedException when the wait is ended from outside
     */
    public void ensure(Consumer<String> progress) throws InterruptedException {
        for (var entry : schemasByTopic().entrySet()) {
            for (Schema schema : entry.getValue()) {
                ensure(entry.getKey(), schema, progress);
            }
        }
    }

    /** Subject names of all schemas, as {@link #ensure} uses them. */
    public List<String> subjects() {
        return schemasByTopic().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(schema -> subject(entry.getKey(), schema))).toList();
    }

    /** What Evenkeel calls the subject of a record on a topic. */
    static String subject(TopicSpec topic, Schema schema) {
        return namesFor(topic.name()).subject(topic.name(), false, schema.getFullName());
    }

    /** The rule for a topic's subjects. */
    public static SubjectNames namesFor(String topic) {
        return Topics.carriesSeveralTypes(topic) ? SubjectNames.TOPIC_RECORD : SubjectNames.TOPIC;
    }

    private void ensure(TopicSpec topic, Schema schema, Consumer<String> progress) throws InterruptedException {
        String subject = subject(topic, schema);
        while (true) {
            try {
                if (register) {
                    registry.register(subject, schema);
                    registry.setCompatibility(subject, compatibility(topic));
                } else {
                    registry.lookup(subject, schema);
                }
                return;
            } catch (RegistryUnavailableException e) {
                progress.accept("waiting for the schema registry: " + e.getMessage());
                Thread.sleep(PAUSE);
            } catch (RegistryAnswerException e) {
                throw new SerializationException("schema " + schema.getFullName() + " under subject " + subject + ": "
                        + e.getMessage() + (register ? "" : "; register it first, or set auto.register.schemas=true"),
                        e);
            }
        }
    }

    private String compatibility(TopicSpec topic) {
        return topic.equals(topics.probeResults()) ? "BACKWARD_TRANSITIVE" : "FULL_TRANSITIVE";
    }

    private Map<TopicSpec, List<Schema>> schemasByTopic() {
        var schemas = new LinkedHashMap<TopicSpec, List<Schema>>();
        schemas.put(topics.probeResults(), List.of(ProbeResult.SCHEMA$, Tick.SCHEMA$));
        schemas.put(topics.targets(), List.of(Target.SCHEMA$));
        schemas.put(topics.policies(), List.of(Policy.SCHEMA$));
        schemas.put(topics.nodeTransitions(), List.of(NodeTransition.SCHEMA$));
        schemas.put(topics.clusterTransitions(), List.of(ClusterTransition.SCHEMA$));
        schemas.put(topics.nodeStates(), List.of(NodeState.SCHEMA$));
        schemas.put(topics.clusterStates(), List.of(ClusterState.SCHEMA$));
        schemas.put(topics.vantageTransitions(), List.of(VantageTransition.SCHEMA$));
        schemas.put(topics.vantageStates(), List.of(VantageState.SCHEMA$));
        schemas.put(topics.healthProgress(), List.of(HealthProgress.SCHEMA$));
        schemas.put(topics.failoverTransitions(), List.of(FailoverTransition.SCHEMA$));
        schemas.put(topics.serviceStates(), List.of(ServiceState.SCHEMA$));
        schemas.put(topics.decisionInputs(), List.of(NodeTransition.SCHEMA$, ClusterTransition.SCHEMA$,
                VantageTransition.SCHEMA$, FailoverTransition.SCHEMA$, ActionOutcome.SCHEMA$, Target.SCHEMA$,
                Intent.SCHEMA$, Order.SCHEMA$, ClusterFacts.SCHEMA$, HealthProgress.SCHEMA$, Tick.SCHEMA$));
        schemas.put(topics.decisions(), List.of(Decision.SCHEMA$));
        schemas.put(topics.actionRequests(), List.of(ActionRequest.SCHEMA$));
        schemas.put(topics.actionOutcomes(), List.of(ActionOutcome.SCHEMA$));
        schemas.put(topics.alerts(), List.of(Alert.SCHEMA$));
        schemas.put(topics.notifications(), List.of(Notification.SCHEMA$));
        schemas.put(topics.alertDeliveries(), List.of(Delivery.SCHEMA$));
        schemas.put(topics.intents(), List.of(Intent.SCHEMA$));
        schemas.put(topics.orders(), List.of(Order.SCHEMA$));
        schemas.put(topics.clusterFacts(), List.of(ClusterFacts.SCHEMA$));
        return schemas;
    }
}
