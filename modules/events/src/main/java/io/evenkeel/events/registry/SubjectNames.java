package io.evenkeel.events.registry;

import org.apache.kafka.common.config.ConfigException;

/** How a schema's subject is named; known by Confluent's class names. */
public enum SubjectNames {
    /** {@code topic-value}: one type for each topic. */
    TOPIC("TopicNameStrategy") {
        @Override
        public String subject(String topic, boolean key, String recordName) {
            return topic + (key ? "-key" : "-value");
        }
    },
    /** The record's full name, whatever the topic. */
    RECORD("RecordNameStrategy") {
        @Override
        public String subject(String topic, boolean key, String recordName) {
            return recordName;
        }
    },
    /** {@code topic-record}: several types in a topic. */
    TOPIC_RECORD("TopicRecordNameStrategy") {
        @Override
        public String subject(String topic, boolean key, String recordName) {
            return topic + "-" + recordName;
        }
    };

    private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

    private final String simpleName;

    SubjectNames(String simpleName) {
        this.simpleName = simpleName;
    }

    public abstract String subject(String topic, boolean key, String recordName);

    /** Confluent's class of the same rule. */
    public String className() {
        return PACKAGE + simpleName;
    }

    /**
     * By Confluent's class name, with or without its package.
     *
     * @throws ConfigException naming what is allowed
     */
    public static SubjectNames named(String configKey, String name) {
        for (var candidate : values()) {
            if (name.equals(candidate.simpleName) || name.equals(candidate.className())) {
                return candidate;
            }
        }
        throw new ConfigException(configKey, name,
                "must be TopicNameStrategy, RecordNameStrategy or TopicRecordNameStrategy");
    }
}
