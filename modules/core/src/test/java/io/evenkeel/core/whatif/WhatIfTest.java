package io.evenkeel.core.whatif;

import static io.evenkeel.core.whatif.Fleet.PRIMARY;
import static io.evenkeel.core.whatif.Fleet.STANDBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.core.cluster.Vantage;
import io.evenkeel.core.decision.Decision;
import io.evenkeel.core.decision.Decision.Action;
import io.evenkeel.core.facts.ClusterFacts.NodeDisk;
import io.evenkeel.core.decision.Decision.Verdict;
import io.evenkeel.core.health.ClusterState;
import io.evenkeel.core.health.NodeState;
import io.evenkeel.core.health.VantageState;
import io.evenkeel.core.whatif.Timeline.Decided;
import io.evenkeel.core.whatif.Timeline.Moved;
import io.evenkeel.core.whatif.Timeline.Outlook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhatIfTest {

    private static List<Decided> decided(Timeline timeline, String subject) {
        return timeline.events().stream().filter(Decided.class::isInstance).map(Decided.class::cast)
                .filter(event -> event.decision().subject().equals(subject)).toList();
    }

    private static List<String> moves(Timeline timeline, String subject) {
        return timeline.events().stream().filter(Moved.class::isInstance).map(Moved.class::cast)
                .filter(event -> event.subject().equals(subject))
                .map(event -> event.after().toSeconds() + " " + event.to()).toList();
    }

    private static Outlook outlook(Timeline timeline, String subject) {
        return timeline.outlooks().stream().filter(line -> line.subject().equals(subject)).findFirst().orElseThrow();
    }

    private static List<Decision> acts(Timeline timeline, Action action) {
        return timeline.events().stream().filter(Decided.class::isInstance).map(Decided.class::cast)
                .map(Decided::decision)
                .filter(decision -> decision.action() == action && decision.verdict() == Verdict.ACT).toList();
    }

    @Test
    void oneDataNodeIsReplacedAMinuteAfterItsDeath() {
        var timeline = Fleet.inThreeZones().without("primary/d1");
        assertThat(moves(timeline, "primary/d1")).containsExactly("0 SUSPECT", "1 DOWN");
        assertThat(decided(timeline, "primary/d1")).extracting(event -> event.after().toSeconds() + " "
                + event.decision().verdict() + " " + event.decision().decidedBy())
                .containsExactly("1 WAIT act-after", "60 ACT ");
        assertThat(outlook(timeline, "primary/d1")).isEqualTo(
                new Outlook("primary/d1", "replace", "ACT", Duration.ofSeconds(60), ""));
        assertThat(outlook(timeline, "primary").would()).isEqualTo("stay HEALTHY");
        assertThat(outlook(timeline, "search")).extracting(Outlook::would, Outlook::stoppedBy)
                .containsExactly("nothing", "primary, which is active, is HEALTHY");
    }

    /** The master tells of the disks of those alone that it counts in: a lab's what-if waited where the lab acted. */
    @Test
    void theDiskOfWhatIsLostIsNotThereAnyMoreEither() {
        var timeline = Fleet.inThreeZones()
                .disks(Map.of("d1", new NodeDisk(100L << 30, 1L << 30), "d2", new NodeDisk(1, 1L << 30)))
                .without("primary/d1");
        assertThat(outlook(timeline, "primary/d1").verdict()).isEqualTo("ACT");
    }

    @Test
    void nothingOfItReachesTheStateThatItBeganWith() {
        var fleet = Fleet.inThreeZones();
        var before = fleet.state().toString();
        fleet.without("primary");
        assertThat(fleet.state().toString()).isEqualTo(before);
    }

    @Test
    void withoutArmingItWouldOnlyBeADryRun() {
        assertThat(outlook(Fleet.inThreeZones().dryRun().without("primary/d1"), "primary/d1"))
                .satisfies(line -> {
                    assertThat(line.verdict()).isEqualTo("DRY_RUN");
                    assertThat(line.after()).isEqualTo(Duration.ofSeconds(60));
                    assertThat(line.stoppedBy()).startsWith("armed: dry-run");
                });
    }

    @Test
    void aSecondNodeThatIsDownAlreadyStopsIt() {
        var fleet = Fleet.inThreeZones().node(PRIMARY, "d2", "zb", NodeState.DOWN).later(3_600);
        assertThat(outlook(fleet.without("primary/d1"), "primary/d1").stoppedBy())
                .startsWith("other-data-nodes: 1 of 2 other data nodes UP");
        assertThat(acts(fleet.without("primary/d1"), Action.REPLACE_INSTANCE)).isEmpty();
    }

    @Test
    void aHeldClusterIsLeftAloneAndSaysByWhom() {
        assertThat(outlook(Fleet.inThreeZones().hold("primary").without("primary/d1"), "primary/d1"))
                .satisfies(line -> {
                    assertThat(line.verdict()).isEqualTo("WAIT");
                    assertThat(line.stoppedBy()).startsWith("hold: by alex on primary");
                });
    }

    @Test
    void aMasterIsRefusedByItsRole() {
        assertThat(outlook(Fleet.inThreeZones().without("primary/m1"), "primary/m1").stoppedBy())
                .isEqualTo("role: master-eligible: never replaced automatically; 2 of 3 voters up, 2 needed");
    }

    @Test
    void twoMastersOfThreeAreTheQuorumAndThePolicyDoesNotFailOverOnThat() {
        var fleet = new Fleet(new Vantage("va", "za"), new Vantage("vb", "zb"), new Vantage("vc", "zc"))
                .cluster(STANDBY, "za", "zb", "zc").cluster(PRIMARY, "zx", "zx", "zc").later(600);
        var timeline = fleet.without("zone:zx");
        assertThat(moves(timeline, "primary")).last().isEqualTo("60 QUORUM_LOST");
        assertThat(outlook(timeline, "search")).satisfies(line -> {
            assertThat(line.verdict()).isEqualTo("REFUSE");
            assertThat(line.stoppedBy()).startsWith("evidence: master quorum lost: 1 of 3 voters up, 2 needed");
        });
    }

    @Test
    void aZoneIsOneZonalShiftAndNoReplacements() {
        var timeline = Fleet.inThreeZones().without("zone:za");
        assertThat(decided(timeline, "*/zone/za")).singleElement()
                .satisfies(event -> assertThat(event.decision().action()).isEqualTo(Action.ZONAL_SHIFT));
        assertThat(acts(timeline, Action.REPLACE_INSTANCE)).isEmpty();
        assertThat(outlook(timeline, "primary/d1").stoppedBy()).startsWith("zone: zone impaired:");
        assertThat(moves(timeline, "primary/vantage/va")).as("it lay there").singleElement().asString()
                .endsWith("SILENT");
        assertThat(decided(timeline, "primary/d1").getFirst().decision().gates())
                .filteredOn(gate -> gate.gate().equals("votes")).first()
                .satisfies(votes -> assertThat(votes.numbers()).startsWith("2 of 3 vantages say so, 2 needed"));
    }

    /** The primary in one Region, two of three vantages in others. */
    private static Fleet inRegions(String standbyZone) {
        return new Fleet(new Vantage("va", "us-east-1a"), new Vantage("vb", "us-west-2a"),
                new Vantage("vc", "eu-west-1a")).cluster(PRIMARY, "us-east-1a", "us-east-1b", "us-east-1c")
                .cluster(STANDBY, standbyZone, standbyZone, standbyZone).later(600);
    }

    @Test
    void aRegionWithThePrimaryIsFailedOver() {
        var timeline = inRegions("us-west-2a").without("region:us-east-1");
        assertThat(moves(timeline, "primary")).as("three looks, 30 s apart").containsExactly("60 FAILED");
        assertThat(outlook(timeline, "search")).isEqualTo(
                new Outlook("search", "fail-over", "ACT", Duration.ofSeconds(60), ""));
    }

    @Test
    void aStandbyThatIsLostTooIsNotFailedOverToOnceThatIsSeen() {
        var timeline = inRegions("us-east-1d").is(STANDBY, ClusterState.FAILED).without("region:us-east-1");
        assertThat(acts(timeline, Action.FAIL_OVER)).isEmpty();
        assertThat(outlook(timeline, "search").stoppedBy()).startsWith("standby: standby is FAILED");
    }

    @Test
    void aStandbyThatIsLostAtTheSameMomentIsToldToBeTheDangerThatItIs() {
        var timeline = inRegions("us-east-1d").without("region:us-east-1");
        assertThat(moves(timeline, "standby")).containsExactly("60 FAILED");
        assertThat(outlook(timeline, "search")).isEqualTo(new Outlook("search", "fail-over", "ACT",
                Duration.ofSeconds(60), "beware: standby would be FAILED as well, which is seen too late to stop it"));
    }

    @Test
    void aStandbyThatIsNotProvedIsNotFailedOverTo() {
        var timeline = inRegions("us-west-2a").is(STANDBY, ClusterState.DEGRADED).without("region:us-east-1");
        assertThat(acts(timeline, Action.FAIL_OVER)).isEmpty();
        assertThat(outlook(timeline, "search").stoppedBy()).startsWith("standby: standby is DEGRADED");
    }

    @Test
    void aRegionIsNotOneWhoseNameItBegins() {
        var fleet = inRegions("us-east-10a");
        assertThat(Loss.of("region:us-east-1", fleet.state()).zones()).containsExactly("us-east-1a", "us-east-1b",
                "us-east-1c");
    }

    @Test
    void whereMostVantagesAreLostWithTheZoneNothingIsDone() {
        var fleet = new Fleet(new Vantage("va", "za"), new Vantage("vb", "za"), new Vantage("vc", "zb"))
                .cluster(PRIMARY, "za", "zb", "zc").cluster(STANDBY, "zc", "zc", "zc").later(600);
        var timeline = fleet.without("zone:za");
        assertThat(timeline.events()).noneMatch(Decided.class::isInstance);
        assertThat(moves(timeline, "primary")).last().asString().endsWith("UNKNOWN");
        assertThat(outlook(timeline, "primary").stoppedBy()).isEqualTo("1 of 3 vantages report, 2 needed");
        assertThat(outlook(timeline, "primary/d1").would()).isEqualTo("nothing");
    }

    @Test
    void aVantageThatIsSilentNowHasNoVoteInIt() {
        var fleet = Fleet.inThreeZones().vantage(PRIMARY, "vc", VantageState.SILENT)
                .vantage(PRIMARY, "vb", VantageState.SILENT);
        assertThat(fleet.without("primary/d1").events()).noneMatch(Decided.class::isInstance);
    }

    @Test
    void theMasterNoLongerCountsInWhatIsLost() {
        var fleet = Fleet.inThreeZones().members("m1", "m2", "m3", "d1", "d2", "d3");
        assertThat(outlook(fleet.without("primary/d1"), "primary/d1").verdict()).isEqualTo("ACT");
        assertThat(decided(fleet.without("primary/d1"), "primary/d1").getLast().decision().gates())
                .filteredOn(gate -> gate.gate().equals("membership")).singleElement()
                .satisfies(answer -> assertThat(answer.numbers()).isEqualTo("not a member"));
    }

    @Test
    void whatWaitsForTimeSaysForWhichEvenBeyondTheHorizon() {
        assertThat(outlook(Fleet.inThreeZones().without("primary/d1", Duration.ofSeconds(10)), "primary/d1"))
                .satisfies(line -> {
                    assertThat(line.verdict()).isEqualTo("WAIT");
                    assertThat(line.after()).isEqualTo(Duration.ofSeconds(60));
                    assertThat(line.stoppedBy()).startsWith("act-after:");
                });
    }

    @Test
    void whatNobodyKnowsIsNotAssumedLost() {
        var state = Fleet.inThreeZones().state();
        assertThatThrownBy(() -> Loss.of("primary/d9", state)).hasMessageContaining("expected: d1, d2, d3, m1, m2, m3");
        assertThatThrownBy(() -> Loss.of("prim", state)).hasMessageContaining("known: primary, standby");
        assertThatThrownBy(() -> Loss.of("zone:zz", state)).hasMessageContaining("zones known: za, zb, zc");
    }
}
