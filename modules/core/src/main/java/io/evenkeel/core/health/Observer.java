package io.evenkeel.core.health;

/**
 * A run of an agent: what its results have in common.
 *
 * @param vantage name of the vantage, the unit that votes
 * @param zone the vantage's zone
 * @param agent the process; for people
 * @param bootId new at every start of the agent
 */
public record Observer(String vantage, String zone, String agent, String bootId) {

    static Observer of(ProbeSource source) {
        return new Observer(source.vantage(), source.zone(), source.agent(), source.bootId());
    }

    boolean sent(ProbeSource source) {
        return bootId.equals(source.bootId()) && agent.equals(source.agent());
    }

    ProbeSource source(long counter) {
        return new ProbeSource(vantage, zone, agent, bootId, counter);
    }
}
