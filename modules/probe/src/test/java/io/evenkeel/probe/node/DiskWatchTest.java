package io.evenkeel.probe.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.core.cluster.ClusterId;
import io.evenkeel.core.cluster.NodeId;
import io.evenkeel.core.cluster.NodeTarget;
import io.evenkeel.core.cluster.NodeTarget.Phase;
import io.evenkeel.core.health.FailureReason;
import io.evenkeel.core.health.ProbeResult.Outcome;
import io.evenkeel.probe.http.Access;
import io.evenkeel.probe.http.ProbeHttp;
import io.evenkeel.probe.testing.FakeElasticsearch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DiskWatchTest {

    private static final Outcome HEALTHY = new Outcome.Success();
    private static final Duration PATIENT = Duration.ofSeconds(5);
    private static final long GB = 1L << 30;

    private final AtomicLong now = new AtomicLong(-3_000_000_000L);
    private final ProbeHttp http = new ProbeHttp(Access.OPEN, 1);
    private final DiskWatch disks = new DiskWatch(http, now::get);
    private final FakeElasticsearch node = new FakeElasticsearch();

    @AfterEach
    void close() {
        http.close();
        node.close();
    }

    @Test
    void aDataPathBeyondTheFloodStageThatTheNodeNamesIsDisk() {
        node.disk(200, body("n1", 200 * GB, 9 * GB, "\"flood_stage_free_space_in_bytes\":" + 10 * GB));
        disks.askIfDue(target("i-1"), PATIENT);

        assertThat(disks.judged(target("i-1"), HEALTHY)).isEqualTo(new Outcome.Failure(FailureReason.DISK,
                "data path /data is 95.5 % full: 9.0 of 200.0 GB left, flood stage at 10.0 GB"));
        assertThat(node.questions()).singleElement().asString().contains("/_nodes/_local/stats/fs?", "timeout=3750ms");
    }

    @ParameterizedTest
    @CsvSource({"200, 9, 1, false", "200, 9, 10, true", "4000, 110, 0, false"})
    void theNodesOwnWatermarkDecides(long total, long free, long watermark, boolean full) {
        node.disk(200, body("n1", total * GB, free * GB, "\"flood_stage_free_space_in_bytes\":" + watermark * GB));
        disks.askIfDue(target("i-1"), PATIENT);

        assertThat(disks.judged(target("i-1"), HEALTHY) instanceof Outcome.Failure).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource({"200, 10, false", "200, 9, true", "4000, 150, false", "4000, 99, true"})
    void whereTheNodeNamesNoWatermarkElasticsearchsDefaultsHold(long total, long free, boolean full) {
        node.disk(200, body("n1", total * GB, free * GB, "\"type\":\"ext4\""));
        disks.askIfDue(target("i-1"), PATIENT);

        assertThat(disks.judged(target("i-1"), HEALTHY) instanceof Outcome.Failure).isEqualTo(full);
    }

    @Test
    void aFrozenNodeHasItsOwnWatermark() {
        node.disk(200, body("n1", 1000 * GB, 30 * GB, "\"flood_stage_free_space_in_bytes\":" + 50 * GB
                + ",\"frozen_flood_stage_free_space_in_bytes\":" + 20 * GB));
        disks.askIfDue(target("i-1"), PATIENT);

        assertThat(disks.judged(target("i-1"), HEALTHY)).isEqualTo(HEALTHY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"503 | {\"error\":{\"type\":\"master_not_discovered_exception\"}}",
            "200 | <html>", "200 | {\"nodes\":{\"x\":{\"name\":\"n1\",\"fs\":{\"data\":[]}}}}",
            "200 | {\"nodes\":{\"x\":{\"name\":\"n1\",\"fs\":{\"data\":[{\"path\":\"/data\"}]}}}}"})
    void whatIsNoAnswerIsNoFullDisk(int status, String body) {
        node.disk(status, body);
        disks.askIfDue(target("i-1"), PATIENT);

        assertThat(disks.judged(target("i-1"), HEALTHY)).isEqualTo(HEALTHY);
    }

    @Test
    void theDiskOfSomebodyElseIsNotThisNodes() {
        node.disk(200, body("n2", 100 * GB, 0, "\"type\":\"ext4\""));
        disks.askIfDue(target("i-1"), PATIENT);

        assertThat(disks.judged(target("i-1"), HEALTHY)).isEqualTo(HEALTHY);
    }

    @Test
    void itIsAskedOnceAMinuteAndSeenToBeFreeAgain() {
        node.disk(200, body("n1", 100 * GB, 0, "\"type\":\"ext4\""));
        disks.askIfDue(target("i-1"), PATIENT);
        node.disk(200, body("n1", 100 * GB, 50 * GB, "\"type\":\"ext4\""));
        pass(Duration.ofSeconds(59));
        disks.askIfDue(target("i-1"), PATIENT);
        assertThat(node.questions()).hasSize(1);
        assertThat(disks.judged(target("i-1"), HEALTHY)).isNotEqualTo(HEALTHY);

        pass(Duration.ofSeconds(1));
        disks.askIfDue(target("i-1"), PATIENT);

        assertThat(node.questions()).hasSize(2);
        assertThat(disks.judged(target("i-1"), HEALTHY)).isEqualTo(HEALTHY);
    }

    @Test
    void whatWasLastSeenHoldsForThreeMinutesWithoutAnAnswer() {
        node.disk(200, body("n1", 100 * GB, 0, "\"type\":\"ext4\""));
        disks.askIfDue(target("i-1"), PATIENT);
        node.disk(503, "{}");
        for (int minute = 1; minute <= 3; minute++) {
            pass(Duration.ofMinutes(1));
            disks.askIfDue(target("i-1"), PATIENT);
            assertThat(disks.judged(target("i-1"), HEALTHY)).as("minute %d", minute).isNotEqualTo(HEALTHY);
        }

        pass(Duration.ofNanos(1));

        assertThat(disks.judged(target("i-1"), HEALTHY)).isEqualTo(HEALTHY);
    }

    @Test
    void aFailureStaysWhatItIsAndANewIncarnationIsAskedAnew() {
        var refused = new Outcome.Failure(FailureReason.CONNECT_REFUSED, "refused");
        node.disk(200, body("n1", 100 * GB, 0, "\"type\":\"ext4\""));
        disks.askIfDue(target("i-1"), PATIENT);

        assertThat(disks.judged(target("i-1"), refused)).isEqualTo(refused);
        assertThat(disks.judged(target("i-2"), HEALTHY)).isEqualTo(HEALTHY);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static String body(String name, long total, long free, String more) {
        return "{\"nodes\":{\"x\":{\"name\":\"" + name
                + "\",\"fs\":{\"data\":[{\"path\":\"/data\",\"total_in_bytes\":" + total + ",\"available_in_bytes\":"
                + free + "," + more + "}]}}}}";
    }

    private NodeTarget target(String incarnation) {
        return new NodeTarget(new NodeId(new ClusterId("search"), "n1"), incarnation, node.url(), "", List.of(),
                "", List.of(), Phase.EXPECTED);
    }
}
