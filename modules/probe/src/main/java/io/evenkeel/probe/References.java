package io.evenkeel.probe;

import io.evenkeel.probe.doubt.Reference;
import io.evenkeel.probe.doubt.SelfDoubt;
import io.evenkeel.probe.schedule.ProbeSchedule;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the configured references as often as at the cluster that is looked at most often. */
final class References implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(References.class);

    private final AgentSettings settings;
    private final SelfDoubt doubt;
    private final Reference reference = new Reference();

    References(AgentSettings settings, SelfDoubt doubt) {
        this.settings = settings;
        this.doubt = doubt;
    }

    void start(ProbeSchedule schedule) {
        if (settings.clusters().size() < 2 && settings.references().size() < SelfDoubt.AT_LEAST) {
            LOG.atInfo().setMessage("agent can't doubt itself: nothing unrelated to look at")
                    .addKeyValue("clusters", settings.clusters().size())
                    .addKeyValue("references", settings.references()).addKeyValue("needed", "agent.references").log();
        }
        settings.clusters().stream().map(ClusterSettings::pace).min(Comparator.comparing(ProbePace::interval))
                .ifPresent(busiest -> settings.references().forEach(address -> schedule.put(address.toString(),
                        busiest.interval(), _ -> look(address, busiest))));
    }

    @Override
    public void close() {
        reference.close();
    }

    private void look(URI address, ProbePace busiest) {
        Duration timeout = busiest.timeout();
        boolean answers = reference.answers(address, timeout);
        LOG.atDebug().setMessage("reference looked at").addKeyValue("reference", address)
                .addKeyValue("answers", answers).log();
        doubt.seen(address.toString(), SelfDoubt.REFERENCES, !answers, busiest.interval(), System.nanoTime());
    }
}
