package io.evenkeel.channels.delivery;

import io.evenkeel.channels.Channel;
import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.events.Topics;
import io.evenkeel.events.kafka.KafkaClients;
import io.evenkeel.events.kafka.Loop;
import io.evenkeel.events.serde.EventSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel's thread: reads what is for it, sends what its lane says, writes receipts, and then commits. */
final class DeliveryLoop implements Loop.Body {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    /** Where a group is new, what is older is not news. */
    private static final Duration FIRST_START_AGE = Duration.ofHours(1);

    private final Parts parts;
    private final NotificationReader reader;
    private final Receipts receipts;
    private Lane lane;
    private boolean busy;

    /** A path's adapter, of this thread alone. */
    record Adapter(String name, Terms terms, Channel channel) {}

    /**
     * What a loop is made of.
     *
     * @param paths the channel itself, then those that take over from it
     * @param buries whether it writes dead letters
     */
    record Parts(String name, KafkaClients clients, Topics topics, EventSerdes serdes, List<Adapter> paths,
            boolean buries) {

        Parts {
            paths = List.copyOf(paths);
        }

        Lane lane() {
            return new Lane(paths.stream()
                    .map(each -> new Path(each.name(), each.terms().rate(), each.terms().failoverAfter())).toList(),
                    new SplittableRandom());
        }

        Channel adapter(Path path) {
            return paths.stream().filter(each -> each.name().equals(path.name())).findFirst().orElseThrow().channel();
        }
    }

    DeliveryLoop(Parts parts) {
        this.parts = parts;
        this.lane = parts.lane();
        this.receipts = new Receipts(parts);
        this.reader = new NotificationReader(parts, () -> lane = parts.lane());
    }

    @Override
    public void turn() {
        // While receipts can't be written nothing is sent: it would be sent again.
        boolean written = receipts.write();
        read(written);
        busy = written && !reader.isCatchingUp(lane.isFull()) && send();
        if (receipts.write() && !reader.isCatchingUp(lane.isFull())) {
            reader.commit(lane.offsets());
        }
    }

    private void read(boolean more) {
        for (var arrived : reader.poll(busy ? Duration.ZERO : POLL, more && !lane.isFull())) {
            if (arrived.isNewsSince(FIRST_START_AGE)) {
                lane.admit(arrived.offset(), arrived.notification());
            } else {
                receipts.add(lane.expired(arrived.offset(), arrived.notification(),
                        "older than " + FIRST_START_AGE.toHours() + " h when the channel began", Instant.now()));
            }
        }
    }

    /** Whether something was sent: then there may be more. */
    private boolean send() {
        var step = lane.next(Instant.now());
        step.settled().forEach(this::settle);
        step.attempt().ifPresent(attempt -> {
            var receipt = sent(attempt);
            report(attempt, receipt);
            lane.answered(attempt, receipt, Instant.now()).ifPresent(this::settle);
        });
        return step.attempt().isPresent();
    }

    private Receipt sent(Lane.Attempt attempt) {
        try {
            return parts.adapter(attempt.path()).send(attempt.what().notification());
        } catch (RuntimeException e) {
            // An adapter returns its failures. What it throws all the same may hold a secret in its message.
            LOG.atError().addKeyValue("channel", attempt.path().name())
                    .addKeyValue("error", e.getClass().getSimpleName()).log("channel threw");
            return new Receipt.Later("threw " + e.getClass().getSimpleName(), Optional.empty());
        }
    }

    private static void report(Lane.Attempt attempt, Receipt receipt) {
        var id = attempt.what().notification().id();
        switch (receipt) {
            case Receipt.Taken(var receiptId) -> LOG.atDebug().addKeyValue("channel", attempt.path().name())
                    .addKeyValue("notification", id).addKeyValue("receipt", receiptId).log("notification delivered");
            case Receipt.Later(var detail, _) -> LOG.atWarn().addKeyValue("channel", attempt.path().name())
                    .addKeyValue("notification", id).addKeyValue("error", detail)
                    .log("notification not taken, trying again");
            case Receipt.Refused(var detail) -> LOG.atError().addKeyValue("channel", attempt.path().name())
                    .addKeyValue("notification", id).addKeyValue("error", detail)
                    .log("notification can never be taken");
        }
    }

    private void settle(Settled settled) {
        var delivery = settled.delivery();
        switch (delivery.outcome()) {
            case FAILING -> LOG.atError().addKeyValue("channel", delivery.channel())
                    .addKeyValue("error", delivery.detail()).log("channel fails, and none takes over");
            case HANDED_OVER -> LOG.atWarn().addKeyValue("channel", delivery.channel())
                    .addKeyValue("via", delivery.via()).addKeyValue("error", delivery.detail())
                    .log("channel fails, notification went over the next one");
            case DELIVERED, REJECTED, SUPERSEDED, EXPIRED -> {
                // The adapter's answer is logged, and the rest is no trouble.
            }
        }
        receipts.add(settled);
    }

    /** Nothing to wake: each turn ends by itself, and to break a commit off would have a notification repeated. */
    @Override
    public void wakeup() {}

    @Override
    public void close() {
        reader.close();
        receipts.close();
    }
}
