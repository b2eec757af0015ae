package io.evenkeel.events.codec;

import io.evenkeel.events.avro.ActionOutcome;
import io.evenkeel.events.avro.ActionRequest;
import io.evenkeel.events.avro.Alert;
import io.evenkeel.events.avro.ClusterFacts;
import io.evenkeel.events.avro.ClusterState;
import io.evenkeel.events.avro.ClusterTransition;
import io.evenkeel.events.avro.Decision;
import io.evenkeel.events.avro.Delivery;
import io.evenkeel.events.avro.FailoverTransition;
import io.evenkeel.events.avro.HealthProgress;
import io.evenkeel.events.avro.Intent;
import io.evenkeel.events.avro.NodeState;
import io.evenkeel.events.avro.NodeTransition;
import io.evenkeel.events.avro.Notification;
import io.evenkeel.events.avro.Order;
import io.evenkeel.events.avro.Policy;
import io.evenkeel.events.avro.ProbeResult;
import io.evenkeel.events.avro.ServiceState;
import io.evenkeel.events.avro.Target;
import io.evenkeel.events.avro.Tick;
import io.evenkeel.events.avro.VantageState;
import io.evenkeel.events.avro.VantageTransition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * The schemas of our events as they were at build, and the only place that tells Avro to trust their classes: since
 * 1.12.2 Avro refuses to instantiate any other.
 */
public final class EventTypes {

    private static final List<Schema> EVENTS = List.of(ProbeResult.SCHEMA$, Tick.SCHEMA$, Target.SCHEMA$,
            NodeTransition.SCHEMA$, NodeState.SCHEMA$, VantageTransition.SCHEMA$, VantageState.SCHEMA$,
            ClusterTransition.SCHEMA$, ClusterState.SCHEMA$,
            FailoverTransition.SCHEMA$, ServiceState.SCHEMA$, Decision.SCHEMA$, ActionRequest.SCHEMA$,
            ActionOutcome.SCHEMA$, Alert.SCHEMA$, Intent.SCHEMA$, Policy.SCHEMA$,
            ClusterFacts.SCHEMA$, Order.SCHEMA$, HealthProgress.SCHEMA$, Notification.SCHEMA$, Delivery.SCHEMA$);

    private static final Map<String, Schema> BY_NAME = EVENTS.stream()
            .collect(Collectors.toUnmodifiableMap(Schema::getFullName, Function.identity()));

    static {
        var names = new HashSet<String>();
        EVENTS.forEach(schema -> collectNames(schema, names));
        var trusted = ClassSecurityValidator.builder();
        names.forEach(trusted::add);
        ClassSecurityValidator
                .setGlobal(ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), trusted.build()));
    }

    private EventTypes() {}

    /** Makes Avro trust the generated classes, once, whoever comes first. */
    public static void trust() {
        // Loading the class was the deed.
    }

    /** Full record name to schema. */
    public static Map<String, Schema> byName() {
        return BY_NAME;
    }

    private static void collectNames(Schema schema, Set<String> names) {
        switch (schema.getType()) {
            case RECORD -> {
                if (names.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collectNames(field.schema(), names));
                }
            }
            case ENUM, FIXED -> names.add(schema.getFullName());
            case ARRAY -> collectNames(schema.getElementType(), names);
            case MAP -> collectNames(schema.getValueType(), names);
            case UNION -> schema.getTypes().forEach(type -> collectNames(type, names));
            case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {
                // No class of ours.
            }
        }
    }
}
