package io.evenkeel.actions;

import io.evenkeel.core.action.ActionOutcome;
import io.evenkeel.core.action.ActionOutcome.Status;
import io.evenkeel.core.action.ActionRequest;
import io.evenkeel.core.action.ClaimLedger;
import io.evenkeel.events.Partitioning;
import io.evenkeel.events.UndecodableEventException;
import io.evenkeel.events.kafka.Loop;
import io.evenkeel.events.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One membership in the group of {@code action-requests}: takes one request at a time, claims it when the ledger says so,
 * and hands it to the runner. A partition waits, paused, while its oldest request cannot be claimed yet: before its
 * outcomes are known, while its serial key is busy or has an unfinished claim, and while no fresh tick says what time it
 * is or intents are not read up to their end. Any failure of a claim ends this membership; the next one reads everything anew.
 */
final class ClaimLoop implements Loop.Body {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimLoop.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration RETRY_DECODING = Duration.ofSeconds(1);

    private final ActionConsumer.Parts parts;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final OutcomeReader outcomes;
    private final Claims claims;
    private final ClaimLedger ledger = new ClaimLedger();
    private final Map<Integer, Lane> lanes = new HashMap<>();
    private final Set<ActionOutcome> sealed = new HashSet<>();
    private boolean lanesChanged;

    /** A partition that is ours. */
    private static final class Lane {
        final TopicPartition partition;
        boolean positioned;
        @Nullable
        ConsumerRecord<byte[], byte[]> head;
        @Nullable
        ActionRequest request;
        long decodeAgainNanos = System.nanoTime();

        Lane(TopicPartition partition) {
            this.partition = partition;
        }

        void headIsDone() {
            head = null;
            request = null;
        }
    }

    ClaimLoop(ActionConsumer.Parts parts) {
        this.parts = parts;
        this.consumer = parts.clients().member(parts.topics().prefix() + "actions", 1,
                parts.times().lease().multipliedBy(5));
        this.outcomes = new OutcomeReader(parts.clients(), parts.topics().actionOutcomes().name(), parts.decoder(),
                ledger);
        try {
            // Waits for this owner's last transaction to be decided, before any outcome is read.
            this.claims = new Claims(parts.clients(), parts.owner(), parts.topics().actionOutcomes(), parts.encoder());
        } catch (RuntimeException e) {
            outcomes.close();
            consumer.close();
            throw e;
        }
        consumer.subscribe(List.of(parts.topics().actionRequests().name()), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                assigned.forEach(partition -> lanes.put(partition.partition(), new Lane(partition)));
                consumer.pause(assigned);
                lanesChanged = true;
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                revoked.forEach(partition -> lanes.remove(partition.partition()));
                lanesChanged = true;
            }
        });
    }

    @Override
    public void turn() {
        if (!claims.isWhole()) {
            throw new KafkaException("an end could not be written, what is known is read anew");
        }
        for (var record : consumer.poll(POLL)) {
            var lane = lanes.get(record.partition());
            if (lane != null) {
                lane.head = record;
            }
        }
        followOutcomes();
        parts.runner().drainEnded(ledger::observe);
        for (var lane : List.copyOf(lanes.values())) {
            if (outcomes.isKnown(lane.partition.partition())) {
                advance(lane);
            }
            pauseOrResume(lane);
        }
    }

    /** The committed position is waited for first: it is answered once no transaction on it is open. */
    private void followOutcomes() {
        if (lanesChanged) {
            for (var lane : lanes.values()) {
                if (!lane.positioned) {
                    long offset = consumer.position(lane.partition);
                    LOG.atInfo().addKeyValue("partition", lane.partition.partition()).addKeyValue("offset", offset)
                            .log("action requests assigned");
                    lane.positioned = true;
                }
            }
            outcomes.follow(lanes.keySet());
            lanesChanged = false;
        }
        outcomes.poll();
    }

    private void advance(Lane lane) {
        var head = lane.head;
        if (head != null && lane.request == null) {
            decode(lane, head);
        }
        var now = parts.live().nowForClaims();
        if (now.isEmpty()) {
            return;
        }
        finishUnfinished(lane, now.get());
        var request = lane.request;
        var undone = lane.head;
        if (request != null && undone != null && isFree(lane, request)) {
            decide(lane, undone, request, now.get());
        }
    }

    /** Requests that somebody began and did not end, of which nobody else is the owner now. */
    private void finishUnfinished(Lane lane, Instant now) {
        for (var request : ledger.unfinished(mine -> isIn(lane, mine) && !parts.runner().isBusy(mine.serialKey()))) {
            if (!parts.runner().isBusy(request.serialKey())
                    && ledger.decide(request, now) instanceof ClaimLedger.Verdict.Recover(var attempt)) {
                if (isToBeSealed(lane, request)) {
                    return;
                }
                claim(lane, request, attempt, now, nextOffset(lane));
            }
        }
    }

    /**
     * Whether its former owner could still write an end: then that is made impossible for all of its claims here, and the
     * request is looked at again once the partition is known again. What this process claimed itself is sealed since its
     * claims were made anew.
     */
    private boolean isToBeSealed(Lane lane, ActionRequest request) {
        var claim = ledger.newest(request.id());
        if (claim.isEmpty() || claim.get().owner().equals(parts.owner()) || sealed.contains(claim.get())) {
            return false;
        }
        var owner = claim.get().owner();
        outcomes.seal(owner, lane.partition.partition());
        ledger.unfinished(other -> isIn(lane, other)).forEach(other -> ledger.newest(other.id())
                .filter(unfinished -> unfinished.owner().equals(owner)).ifPresent(sealed::add));
        return true;
    }

    private boolean isFree(Lane lane, ActionRequest request) {
        return !parts.runner().isBusy(request.serialKey())
                && ledger.unfinished(other -> isIn(lane, other) && other.serialKey().equals(request.serialKey()))
                        .isEmpty();
    }

    private static boolean isIn(Lane lane, ActionRequest request) {
        return Partitioning.SPREAD.forSerialKey(request.serialKey()) == lane.partition.partition();
    }

    private void decide(Lane lane, ConsumerRecord<byte[], byte[]> head, ActionRequest request, Instant now) {
        switch (ledger.decide(request, now)) {
            case ClaimLedger.Verdict.Claim() -> {
                claim(lane, request, 1, now, head.offset() + 1);
                lane.headIsDone();
            }
            case ClaimLedger.Verdict.Skip(var reason) -> {
                LOG.atInfo().addKeyValue("request", request.id()).addKeyValue("reason", reason).log("request skipped");
                skip(lane, head);
            }
            case ClaimLedger.Verdict.WaitUntil _,ClaimLedger.Verdict.Recover _ -> {
                // Its partition stays paused, until what was begun is finished.
            }
        }
    }

    private void claim(Lane lane, ActionRequest request, int attempt, Instant now, long nextOffset) {
        var sinceClaim = Attempt.Stopwatch.start();
        var started = new ActionOutcome(request, Status.STARTED, parts.owner(), attempt,
                now.plus(parts.times().lease()), now,
                attempt == 1 ? "claimed" : "claimed again: attempt " + (attempt - 1) + " wrote no end in its lease");
        claims.claim(started, lane.partition, nextOffset, consumer.groupMetadata());
        ledger.observe(started);
        parts.runner().start(started, new Attempt(request, asked -> parts.live().judge(asked, newestEpoch(asked)),
                parts.times(), sinceClaim), claims);
    }

    private long newestEpoch(ActionRequest request) {
        return request.command() instanceof io.evenkeel.core.action.Command.FailOver over
                ? ledger.newestEpoch(over.service())
                : 0;
    }

    private long nextOffset(Lane lane) {
        var head = lane.head;
        return head == null ? consumer.position(lane.partition) : head.offset();
    }

    private void skip(Lane lane, ConsumerRecord<byte[], byte[]> head) {
        consumer.commitSync(Map.of(lane.partition, new OffsetAndMetadata(head.offset() + 1)));
        lane.headIsDone();
    }

    private void decode(Lane lane, ConsumerRecord<byte[], byte[]> head) {
        if (lane.decodeAgainNanos - System.nanoTime() > 0) {
            return;
        }
        try {
            lane.request = decoded(lane, head);
        } catch (RegistryUnavailableException e) {
            LOG.atWarn().addKeyValue("partition", head.partition()).addKeyValue("offset", head.offset())
                    .addKeyValue("error", e.getMessage()).log("schema registry away, request waits");
            lane.decodeAgainNanos = System.nanoTime() + RETRY_DECODING.toNanos();
        } catch (SerializationException e) {
            LOG.atError().addKeyValue("partition", head.partition()).addKeyValue("offset", head.offset())
                    .addKeyValue("error", e.getMessage()).log("request does not decode, it is a dead letter");
            claims.commit(parts.deadLetters().of(head, e), lane.partition, head.offset() + 1, consumer.groupMetadata());
            lane.headIsDone();
        }
    }

    /** A request in another partition than its serial key's would not be serial with its like. */
    private ActionRequest decoded(Lane lane, ConsumerRecord<byte[], byte[]> head) {
        if (parts.decoder().deserialize(head.topic(), head.value()) instanceof ActionRequest request) {
            if (isIn(lane, request)) {
                return request;
            }
            throw new UndecodableEventException(UndecodableEventException.Reason.REJECTED,
                    "serial key " + request.serialKey() + " does not belong into partition " + head.partition());
        }
        throw new UndecodableEventException(UndecodableEventException.Reason.UNKNOWN_TYPE, "no action request");
    }

    private void pauseOrResume(Lane lane) {
        var one = List.of(lane.partition);
        if (lane.head == null && outcomes.isKnown(lane.partition.partition())) {
            consumer.resume(one);
        } else {
            consumer.pause(one);
        }
    }

    @Override
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
        outcomes.close();
        parts.runner().awaitEnds(claims);
        claims.close();
    }
}
