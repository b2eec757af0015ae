package io.evenkeel.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.events.TopicSpec;
import io.evenkeel.events.kafka.KafkaSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Which member of a consumer group reads which partitions. */
record GroupMembers(KafkaSettings kafka, String group, TopicSpec topic) {

    /** Partitions by member id; empty while the group rebalances, and before there is one. */
    Map<String, Set<Integer>> partitions() throws InterruptedException {
        try (var admin = Admin.create(kafka.admin("test"))) {
            var found = new HashMap<String, Set<Integer>>();
            for (var description : admin.describeConsumerGroups(List.of(group)).all().get().values()) {
                if (description.groupState() == GroupState.STABLE) {
                    found.putAll(partitions(description));
                }
            }
            return found;
        } catch (ExecutionException notYet) {
            assertThat(notYet).hasCauseInstanceOf(GroupIdNotFoundException.class);
            return Map.of();
        }
    }

    private Map<String, Set<Integer>> partitions(ConsumerGroupDescription description) {
        return description.members().stream()
                .collect(Collectors.toMap(member -> member.consumerId(),
                        member -> member.assignment().topicPartitions().stream()
                                .filter(partition -> partition.topic().equals(topic.name()))
                                .map(TopicPartition::partition).collect(Collectors.toSet())));
    }
}
