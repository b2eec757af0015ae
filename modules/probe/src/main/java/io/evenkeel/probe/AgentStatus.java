package io.evenkeel.probe;

import io.evenkeel.probe.schedule.Lateness;

/**
 * An agent's own numbers since its start.
 *
 * @param targets nodes and clusters that are probed now
 * @param shares of its vantage's targets, of 12, that are this agent's
 * @param probes made
 * @param failures probes that found a node failing, or a cluster not in order
 * @param sent results that Kafka acknowledged
 * @param dropped results given up because they were too old or there was no room
 * @param undelivered results that Kafka did not take
 * @param skipped probe times passed over because the probe before was still running, or because the agent was stopped or
 *     could not ask
 * @param lateness how late probes began
 * @param keptOpen connections that wait for the next probe now, one to each healthy node
 */
public record AgentStatus(String vantage, String agent, String bootId, int targets, int shares, long probes,
        long failures, long sent, long dropped, long undelivered, long skipped, Lateness lateness, int keptOpen) {}
