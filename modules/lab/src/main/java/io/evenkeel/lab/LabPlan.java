package io.evenkeel.lab;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.ServiceId;
import io.evenkeel.core.cluster.Vantage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The lab's cast: who is there, under which names and addresses. Ports are chosen when it starts. */
public final class LabPlan {

    public static final ClusterId PRIMARY = new ClusterId("primary");
    public static final ClusterId STANDBY = new ClusterId("standby");
    public static final ServiceId SERVICE = new ServiceId("search");

    public static final String DNS_ZONE = "evenkeel.test";
    public static final String DNS_NAME = "search.evenkeel.test";
    public static final String DATA_GROUP = "lab-data";
    public static final String TOPIC = "evenkeel-announcements";
    public static final String EVENT_BUS = "evenkeel";
    public static final String CANARY_INDEX = "evenkeel-canary";

    /** AWS's Region and zones, as far as the lab's endpoint is concerned. */
    public static final String REGION = "us-east-1";
    static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");

    public static final List<Vantage> VANTAGES = List.of(new Vantage("vantage-a", ZONES.get(0)),
            new Vantage("vantage-b", ZONES.get(1)), new Vantage("vantage-c", ZONES.get(2)));

    /** A tenth and less of the defaults: a lab is watched by a person who waits. */
    static final Duration PROBE_INTERVAL = Duration.ofSeconds(2);
    public static final Duration ACT_AFTER = Duration.ofSeconds(5);

    private static final int DATA_SLOTS_PER_ZONE = 4;

    private LabPlan() {}

    static String masterName(int number) {
        return "master-" + number;
    }

    /** @param number 1 to 3, one in each zone */
    static String masterHost(int number) {
        return "127.77.1." + number;
    }

    /** Addresses for data nodes of a zone; a replacement takes the address that the dead one leaves. */
    static List<String> dataHosts(String zone) {
        int subnet = 2 + ZONES.indexOf(zone);
        return IntStream.rangeClosed(1, DATA_SLOTS_PER_ZONE).mapToObj(i -> "127.77." + subnet + "." + i)
                .toList();
    }

    /** What the primary DNS record points at: the first data address of the two zones that the group starts in. */
    static List<String> primaryAddresses() {
        return List.of(dataHosts(ZONES.get(0)).getFirst(), dataHosts(ZONES.get(1)).getFirst());
    }

    static String standbyHost() {
        return "127.78.1.1";
    }

    /** Every address that must have the two Elasticsearch ports free. */
    static List<String> allHosts() {
        var hosts = new ArrayList<String>();
        for (int i = 1; i <= 3; i++) {
            hosts.add(masterHost(i));
        }
        ZONES.subList(0, 2).forEach(zone -> hosts.addAll(dataHosts(zone)));
        hosts.add(standbyHost());
        return hosts;
    }
}
