package io.evenkeel.cli.intents;

import io.evenkeel.cli.config.EvenkeelConfig;
import io.evenkeel.core.notification.Silences;
import java.util.ArrayList;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What an intent may be about: a misspelt name would hold nothing. */
final class Subjects {

    private Subjects() {}

    /** A cluster, a service, or everything. */
    static void check(CommandSpec spec, EvenkeelConfig config, String subject) {
        check(spec, config, subject, false);
    }

    /** Or a node of a cluster: which nodes there are is not in the configuration. */
    static void checkWithNodes(CommandSpec spec, EvenkeelConfig config, String subject) {
        check(spec, config, subject, true);
    }

    /** What alerts are about. */
    static void checkOfAlerts(CommandSpec spec, EvenkeelConfig config, String subject) {
        try {
            Silences.check(config.clusterIds(), subject);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), refused.getMessage(), refused);
        }
    }

    private static void check(CommandSpec spec, EvenkeelConfig config, String subject, boolean nodes) {
        var allowed = new ArrayList<String>();
        config.clusters().forEach(cluster -> allowed.add(cluster.id().value()));
        config.services().forEach(service -> allowed.add(service.id().value()));
        allowed.add("*");
        int slash = subject.indexOf('/');
        boolean nodeOfACluster = nodes && slash > 0 && config.clusters().stream()
                .anyMatch(cluster -> cluster.id().value().equals(subject.substring(0, slash)));
        if (!allowed.contains(subject) && !nodeOfACluster) {
            throw new ParameterException(spec.commandLine(),
                    "'" + subject + "' is neither a cluster nor a service here; there are: "
                            + String.join(", ", allowed));
        }
    }
}
