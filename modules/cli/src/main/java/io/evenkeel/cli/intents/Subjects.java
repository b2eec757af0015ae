package io.evenkeel.cli.intents;

import io.evenkeel.cli.config.EvenkeelConfig;
import java.util.ArrayList;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What an intent may be about: a misspelt name would hold nothing. */
final class Subjects {

    private Subjects() {}

    static void check(CommandSpec spec, EvenkeelConfig config, String subject) {
        var allowed = new ArrayList<String>();
        config.clusters().forEach(cluster -> allowed.add(cluster.id().value()));
        config.services().forEach(service -> allowed.add(service.id().value()));
        allowed.add("*");
        if (!allowed.contains(subject)) {
            throw new ParameterException(spec.commandLine(),
                    "'" + subject + "' is neither a cluster nor a service here; there are: "
                            + String.join(", ", allowed));
        }
    }
}
