package io.evenkeel.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.cli.Evenkeel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        var all = Stream.concat(Stream.of("simulate"), Stream.of(arguments)).toArray(String[]::new);
        return Evenkeel.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all);
    }

    @Test
    void itTellsHowFastItWasAndThatEveryRuleHeld() {
        assertThat(run("--seeds", "2", "--hours", "0.5", "--clusters", "2", "--reference")).isZero();
        assertThat(out.toString()).contains("2 seeds from 0 on", "cluster-hours a minute", "plain thresholds",
                "every rule held after every event");
        assertThat(err.toString()).contains("seed 0: 1 cluster-hours", "seed 1: 1 cluster-hours", ", ok");
    }

    @Test
    void oneSeedIsTracedAndTellsItsHash() {
        assertThat(run("--seed", "5", "--hours", "0.5", "--clusters", "2", "--trace", "c1/master-0")).isZero();
        assertThat(err.toString()).contains("c1/master-0 JOINING -> UP", "hash ").doesNotContain("c0/master-0 JOINING");
    }

    @Test
    void worldsOnManyThreadsAreToldInTheOrderOfSeedsAndAreTheSame() {
        assertThat(run("--seeds", "5", "--hours", "0.2", "--clusters", "2")).isZero();
        String alone = err.toString();
        err.getBuffer().setLength(0);
        assertThat(run("--seeds", "5", "--hours", "0.2", "--clusters", "2", "--threads", "3")).isZero();
        assertThat(err.toString()).isEqualTo(alone).contains("seed 4: ");
    }

    @Test
    void programsReadJson() {
        assertThat(run("--seeds", "1", "--hours", "0.2", "--clusters", "2", "--output", "json")).isZero();
        assertThat(out.toString()).contains("\"clusterHoursPerMinute\"", "\"failures\" : [ ]");
    }

    @Test
    void aWrongCallIsRefusedWithTheOptionThatIsWrong() {
        assertThat(run("--clusters", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--clusters must be 2 to 1000, was 1");
        assertThat(run("--threads", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--threads must be 1 to 256, was 0");
        assertThat(run("--trace", "c0")).isEqualTo(2);
        assertThat(run("--for", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("--trace needs --seed", "as 2m, was 'soon'");
    }
}
