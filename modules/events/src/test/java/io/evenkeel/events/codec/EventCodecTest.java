package io.evenkeel.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Intent;
import io.evenkeel.core.decision.Order;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.Consequence;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.ProbeResult.NodeProbed;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.core.health.VantageState;
import io.evenkeel.events.Samples;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.UndecodableEventException.Reason;
import io.evenkeel.events.avro.ClusterHealth;
import io.evenkeel.events.avro.CommandKind;
import io.evenkeel.events.avro.DecisionAction;
import io.evenkeel.events.avro.MayFollow;
import io.evenkeel.events.avro.NodeHealth;
import io.evenkeel.events.avro.OrderKind;
import io.evenkeel.events.avro.OutcomeStatus;
import io.evenkeel.events.avro.ProbeReason;
import io.evenkeel.events.avro.ProbeResult;
import io.evenkeel.events.avro.Tick;
import io.evenkeel.events.avro.VantageHealth;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {

    static List<Object> events() {
        return Samples.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventComesBackAsItWas(Object event) {
        assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
    }

    @Test
    void samplesSetEveryFieldOfEverySchemaToSomethingElseThanItsDefault() {
        var differing = new HashSet<String>();
        events().forEach(event -> collectDiffering(EventCodec.encode(event), differing));
        var fields = new TreeSet<String>();
        EventTypes.byName().values().forEach(schema -> collectFields(schema, fields));
        assertThat(differing).containsExactlyInAnyOrderElementsOf(fields);
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void everyFailureReasonHasItsSymbol(FailureReason reason) {
        var decoded = (NodeProbed) EventCodec.decode(EventCodec.encode(Samples.nodeProbed(reason)));
        assertThat(decoded.outcome()).isEqualTo(new Outcome.Failure(reason, "said no"));
    }

    @Test
    void everyStateHasItsSymbol() {
        assertThat(names(NodeHealth.values())).isEqualTo(names(NodeState.values()));
        assertThat(names(ClusterHealth.values())).isEqualTo(names(ClusterState.values()));
        assertThat(names(VantageHealth.values())).containsAll(names(VantageState.values()));
        assertThat(names(ProbeReason.values())).containsAll(names(FailureReason.values()));
        assertThat(names(MayFollow.values())).containsAll(names(Consequence.values()));
        assertThat(names(DecisionAction.values())).containsAll(names(Decision.Action.values()));
        assertThat(names(OrderKind.values())).containsAll(names(Order.Kind.values()));
        assertThat(names(OutcomeStatus.values())).containsAll(names(ActionOutcome.Status.values()));
    }

    @Test
    void neverIsTheGreatestLong() {
        var never = new Intent(Intent.Kind.HOLD, "search-eu", "ann", "why", Samples.T0, Instant.MAX);
        assertThat(((io.evenkeel.events.avro.Intent) EventCodec.encode(never)).getExpiresAtMicros())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void commandOfANewerWriterIsRefused() {
        var avro = (io.evenkeel.events.avro.ActionRequest) EventCodec.encode(Samples.replaceRequest());
        avro.setCommand(CommandKind.UNKNOWN);
        assertThatThrownBy(() -> EventCodec.decode(avro)).isInstanceOfSatisfying(UndecodableEventException.class,
                poison -> assertThat(poison.reason()).isEqualTo(Reason.REJECTED));
    }

    @Test
    void statusOfANewerWriterCountsAsUnknownEffect() {
        var avro = (io.evenkeel.events.avro.ActionOutcome) EventCodec.encode(Samples.events().get(19));
        avro.setStatus(OutcomeStatus.UNKNOWN);
        assertThat(((ActionOutcome) EventCodec.decode(avro)).status()).isEqualTo(ActionOutcome.Status.UNKNOWN_EFFECT);
    }

    @Test
    void whatBreaksARuleOfTheDomainIsPoison() {
        var badName = (ProbeResult) EventCodec.encode(Samples.nodeProbed(FailureReason.DISK));
        badName.setNode("no/slash");
        assertThatThrownBy(() -> EventCodec.decode(badName)).isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("ProbeResult").hasMessageContaining("no/slash");
        var badAge = (ProbeResult) EventCodec.encode(Samples.nodeProbed(FailureReason.DISK));
        badAge.setAgeAtSendMicros(-1);
        assertThatThrownBy(() -> EventCodec.decode(badAge)).isInstanceOf(UndecodableEventException.class);
    }

    @Test
    void whatIsNoEventIsRefused() {
        assertThatThrownBy(() -> EventCodec.encode("text")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventCodec.decode(new io.evenkeel.events.avro.Vantage("a", "b")))
                .isInstanceOfSatisfying(UndecodableEventException.class,
                        poison -> assertThat(poison.reason()).isEqualTo(Reason.UNKNOWN_TYPE));
    }

    @Test
    void everyFieldIsDocumentedAndEveryEnumHasADefault() {
        EventTypes.byName().values().forEach(schema -> checkDocumented(schema, new HashSet<>()));
        assertThat(Tick.SCHEMA$.getDoc()).isNotBlank();
    }

    @Test
    void loudestIsWhatANewerAlertCountsAs() {
        var avro = (io.evenkeel.events.avro.Alert) EventCodec.encode(Samples.alert(Alert.Severity.INFO));
        avro.setSeverity(io.evenkeel.events.avro.Severity.UNKNOWN);
        avro.setStatus(io.evenkeel.events.avro.AlertStatus.UNKNOWN);
        var alert = (Alert) EventCodec.decode(avro);
        assertThat(alert.severity()).isEqualTo(Alert.Severity.PAGE);
        assertThat(alert.status()).isEqualTo(Alert.Status.FIRING);
    }

    private static void collectDiffering(IndexedRecord avro, Set<String> differing) {
        for (var field : avro.getSchema().getFields()) {
            Object value = avro.get(field.pos());
            if (isSomething(value)) {
                differing.add(avro.getSchema().getName() + "." + field.name());
            }
            Stream<?> parts = value instanceof List<?> list ? list.stream() : Stream.of(value == null ? "" : value);
            parts.filter(IndexedRecord.class::isInstance)
                    .forEach(part -> collectDiffering((IndexedRecord) part, differing));
        }
    }

    private static boolean isSomething(Object value) {
        return value != null && !value.equals("") && !value.equals(0) && !value.equals(0L) && !value.equals(false)
                && !value.equals(List.of()) && !value.toString().equals("UNKNOWN");
    }

    private static void collectFields(Schema schema, Set<String> fields) {
        records(schema).forEach(type -> type.getFields().forEach(field -> {
            if (fields.add(type.getName() + "." + field.name())) {
                collectFields(field.schema(), fields);
            }
        }));
    }

    private static Stream<Schema> records(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> Stream.of(schema);
            case ARRAY -> records(schema.getElementType());
            case UNION -> schema.getTypes().stream().flatMap(EventCodecTest::records);
            case null, default -> Stream.of();
        };
    }

    private static void checkDocumented(Schema schema, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getName())) {
                    assertThat(schema.getDoc()).as(schema.getName()).isNotBlank();
                    schema.getFields().forEach(field -> {
                        assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank();
                        checkDocumented(field.schema(), seen);
                    });
                }
            }
            case ENUM -> assertThat(schema.getEnumDefault()).as(schema.getName()).isIn("UNKNOWN", "OTHER");
            case ARRAY -> checkDocumented(schema.getElementType(), seen);
            case UNION -> schema.getTypes().forEach(type -> checkDocumented(type, seen));
            case null, default -> assertThat(schema.getType()).isNotNull();
        }
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }
}
