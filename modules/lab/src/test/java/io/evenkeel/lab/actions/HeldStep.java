package io.evenkeel.lab.actions;

import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.lab.aws.HeldCalls.Moment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How far its process has come with a request when it is killed or stands still, and what must be read of it at last. */
enum HeldStep {
    ENDED("after the end", 1, Status.SUCCEEDED), CLAIMED("after the claim, before the call",
            "DescribeAutoScalingInstances", Moment.AFTER_EFFECT,
            Status.SUCCEEDED), WAITING("before the claim, behind another request", 1, Status.SUCCEEDED), CALL_LOST(
                    "call sent, it never arrives", "SetInstanceHealth", Moment.BEFORE_EFFECT,
                    Status.SUCCEEDED), CALL_LATE("call sent, it arrives after the next owner's", "SetInstanceHealth",
                            Moment.BEFORE_EFFECT,
                            Status.SUCCEEDED), CALL_DONE("call took effect, no answer", "SetInstanceHealth",
                                    Moment.AFTER_EFFECT, Status.ALREADY_DONE), SWITCH_LATE(
                                            "failover sent, it arrives after the next owner's", "UpdateHealthCheck",
                                            Moment.BEFORE_EFFECT,
                                            Status.SUCCEEDED), SWITCH_DONE("failover took effect, no answer",
                                                    "UpdateHealthCheck", Moment.AFTER_EFFECT,
                                                    Status.ALREADY_DONE), CLAIM_HANDED_OVER(
                                                            "before the claim, transaction begun",
                                                            KafkaStep.CLAIM_HANDED_OVER, 1,
                                                            Status.SUCCEEDED), CLAIM_WRITTEN(
                                                                    "claim written, transaction open",
                                                                    KafkaStep.CLAIM_WRITTEN, 1,
                                                                    Status.SUCCEEDED), END_HANDED_OVER(
                                                                            "before the end is written",
                                                                            KafkaStep.END_HANDED_OVER, 2,
                                                                            Status.ALREADY_DONE), END_WRITTEN(
                                                                                    "end written, transaction open",
                                                                                    KafkaStep.END_WRITTEN, 2,
                                                                                    Status.ALREADY_DONE);

    /** For people. */
    final String words;
    /** What waits at the AWS endpoint, when something does; else empty. */
    final String action;
    final Optional<Moment> moment;
    final Optional<KafkaStep> kafka;
    private final int attempts;
    private final Status end;

    HeldStep(String words, int attempts, Status end) {
        this(words, "", Optional.empty(), Optional.empty(), attempts, end);
    }

    HeldStep(String words, String action, Moment moment, Status end) {
        this(words, action, Optional.of(moment), Optional.empty(), 2, end);
    }

    HeldStep(String words, KafkaStep kafka, int attempts, Status end) {
        this(words, "", Optional.empty(), Optional.of(kafka), attempts, end);
    }

    HeldStep(String words, String action, Optional<Moment> moment, Optional<KafkaStep> kafka, int attempts,
            Status end) {
        this.words = words;
        this.action = action;
        this.moment = moment;
        this.kafka = kafka;
        this.attempts = attempts;
        this.end = end;
    }

    boolean isFailover() {
        return action.equals("UpdateHealthCheck");
    }

    /** Whether it holds the producer of claims: what else is to happen meanwhile needs another membership. */
    boolean isAlone() {
        return kafka.isPresent();
    }

    /** Whether the next owner has to call, too. */
    boolean isCalledAgain() {
        return end == Status.SUCCEEDED;
    }

    /** All that may be read on {@code action-outcomes}, in order. */
    List<Status> statuses() {
        return Stream.concat(Stream.generate(() -> Status.STARTED).limit(attempts), Stream.of(end)).toList();
    }
}
