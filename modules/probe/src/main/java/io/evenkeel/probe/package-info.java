/**
 * The agent of one vantage: probes nodes and clusters, keeps {@code targets}, and serves the node-local health endpoint.
 * {@link io.evenkeel.probe.ProbeAgent} is the entry.
 */
@NullMarked
package io.evenkeel.probe;

import org.jspecify.annotations.NullMarked;
