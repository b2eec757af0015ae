package io.evenkeel.probe;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From partitions to shares: share n is this agent's while partition n is. Called on one thread, within poll. */
final class ShareAssignment implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(ShareAssignment.class);

    private final Consumer<Collection<TopicPartition>> pause;
    private final String group;
    private final AgentBus.ShareListener listener;
    private final Set<Integer> shares = new HashSet<>();
    private boolean lost;

    /** @param pause called with what is assigned: nothing is to be read of it */
    ShareAssignment(Consumer<Collection<TopicPartition>> pause, String group, AgentBus.ShareListener listener) {
        this.pause = pause;
        this.group = group;
        this.listener = listener;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        pause.accept(added);
        if (lost) {
            lost = false;
            shares.clear();
        }
        added.forEach(partition -> shares.add(partition.partition()));
        tell();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        revoked.forEach(partition -> shares.remove(partition.partition()));
        tell();
    }

    /** The shares are kept until others are assigned: probing must not wait for Kafka. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> gone) {
        lost = true;
        LOG.atWarn().setMessage("agent was taken for dead by its vantage's group, joins anew")
                .addKeyValue("group", group).addKeyValue("shares", shares).log();
    }

    private void tell() {
        try {
            listener.changed(new Shares(shares));
        } catch (RuntimeException e) {
            // A listener's bug must not cost the membership.
            LOG.atError().setMessage("share listener failed").setCause(e).addKeyValue("group", group).log();
        }
    }
}
