package io.evenkeel.core.notification;

import io.evenkeel.core.alert.Labels;
import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.decision.Intent;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What people may silence: a misspelt name would silence nothing. */
public final class Silences {

    /** How long one lasts where nothing is said. */
    public static final String USUAL_DURATION = "2h";

    private Silences() {}

    /**
     * Accepts what alerts are about: a cluster, something in one, everything, or conditions on labels. No alert is about a
     * service.
     *
     * @throws IllegalArgumentException that says what there is
     */
    public static void check(Collection<ClusterId> clusters, String subject) {
        if (Matcher.isList(subject)) {
            var _ = conditions(subject);
        } else if (!subject.equals(Intent.EVERYTHING) && clusters.stream().noneMatch(
                cluster -> subject.equals(cluster.value()) || subject.startsWith(cluster.value() + "/"))) {
            throw new IllegalArgumentException("'" + subject + "' is no cluster here, and lies in none; there are: "
                    + clusters.stream().map(ClusterId::value).collect(Collectors.joining(", ")) + ", "
                    + Intent.EVERYTHING);
        }
    }

    /**
     * Conditions with a comma between, each on a label that alerts have.
     *
     * @throws IllegalArgumentException that names the condition and says what is wrong with it
     */
    public static List<Matcher> conditions(String text) {
        var matchers = Matcher.list(text);
        for (var matcher : matchers) {
            if (!Labels.ALL.contains(matcher.label())) {
                throw new IllegalArgumentException("'" + matcher + "': no alert has a label " + matcher.label()
                        + "; there are: " + String.join(", ", Labels.ALL));
            }
        }
        return matchers;
    }
}
