package io.evenkeel.core.alert;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names of the labels that alerts carry, and how they are put together. */
public final class Labels {

    /** An {@link AlertName}'s label; every alert has it. */
    public static final String NAME = "name";
    public static final String CLUSTER = "cluster";
    /** Where the cluster is the primary or the standby of a service. */
    public static final String SERVICE = "service";
    public static final String ZONE = "zone";
    public static final String NODE = "node";
    public static final String VANTAGE = "vantage";
    public static final String CHANNEL = "channel";
    /** {@code page}, {@code warn} or {@code info}; not kept, told from {@link Alert#severity}. */
    public static final String SEVERITY = "severity";

    /** All that an alert may have. */
    public static final List<String> ALL = List.of(NAME, SEVERITY, CLUSTER, SERVICE, ZONE, NODE, VANTAGE, CHANNEL);

    private Labels() {}

    /** Name, then label and value by turns; what has no value is left out. */
    static SortedMap<String, String> of(AlertName name, String... labels) {
        var all = new TreeMap<String, String>();
        all.put(NAME, name.label());
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].isEmpty()) {
                all.put(labels[i], labels[i + 1]);
            }
        }
        return all;
    }
}
