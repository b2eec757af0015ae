package io.evenkeel.core.health;

import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.Vantage;
import java.util.List;

/**
 * What many steady nodes have in common.
 *
 * @param scheme how their URLs begin
 * @param port how their URLs end, where that is Elasticsearch's default; else empty, and the row has it
 * @param senders the run of an agent that sent the newest result, for each of the vantages and in their order
 */
record SteadyKind(NodeRole role, String zone, List<String> roles, String autoScalingGroup,
        List<Vantage> vantages, NodeTarget.Phase phase, String scheme, String port, List<Observer> senders) {

    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";
    private static final String DEFAULT_PORT = ":9200";

    static SteadyKind of(NodeTarget target, List<Observer> senders) {
        return new SteadyKind(NodeRole.of(target), target.zone(), target.roles(), target.autoScalingGroup(),
                target.vantages(), target.phase(), scheme(target.url()),
                target.url().endsWith(DEFAULT_PORT) ? DEFAULT_PORT : "", List.copyOf(senders));
    }

    private static String scheme(String url) {
        if (url.startsWith(HTTPS)) {
            return HTTPS;
        }
        return url.startsWith(HTTP) ? HTTP : "";
    }

    /** What is left of the URL of such a node. */
    String host(String url) {
        return url.substring(scheme.length(), url.length() - port.length());
    }

    /** The URL of which this is left. */
    String url(String host) {
        return scheme + host + port;
    }

    /** The place of the vantage whose newest result this agent sent; -1 when the newest is another's. */
    int indexOf(ProbeSource source) {
        for (int i = 0; i < senders.size(); i++) {
            var sender = senders.get(i);
            if (sender.vantage().equals(source.vantage())) {
                return sender.sent(source) ? i : -1;
            }
        }
        return -1;
    }

    boolean expects(String vantage) {
        for (var sender : senders) {
            if (sender.vantage().equals(vantage)) {
                return true;
            }
        }
        return false;
    }

    boolean votesForMasters() {
        return roles.contains("master");
    }
}
