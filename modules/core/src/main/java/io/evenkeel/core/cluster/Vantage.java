package io.evenkeel.core.cluster;

/**
 * An observer: a configured place to look from, not a process. Agents of one vantage share its vote.
 *
 * @param name the vantage's configured name
 * @param zone the failure domain it lies in, an Availability Zone on AWS
 */
public record Vantage(String name, String zone) {
    public Vantage {
        Names.checked("vantage", name);
        Names.checked("zone", zone);
    }
}
