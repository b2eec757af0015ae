package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {

    @ParameterizedTest
    @ValueSource(strings = {"hold primary --reason r --for 1h", "release primary",
            "maintenance primary/d1 --reason r --end", "silence primary/d1 --reason r --for 8h",
            "intents --output json",
            "arm primary replace --reason r --by ann --for 2h",
            "arm * --reason r", "disarm primary fail-over", "brake trip --reason r --by ann",
            "brake release --by ann --reason r", "approve primary/d1@1 --reason r --for 5m",
            "acknowledge storm/primary@1 --reason r", "serve --config evenkeel.yaml", "why primary/d1@1 --output json"})
    void whatPeopleTypeIsUnderstood(String line) {
        assertThat(Evenkeel.commandLine().parseArgs(line.split(" ", -1)).subcommand()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"brake release --reason r", "brake release --by ann", "approve primary/d1@1",
            "arm primary", "maintenance primary --end", "silence primary"})
    void whatIsRecordedNeedsWhoAndWhy(String line) {
        assertThatThrownBy(() -> Evenkeel.commandLine().parseArgs(line.split(" ", -1)))
                .isInstanceOf(CommandLine.MissingParameterException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"why primary", "what-if primary", "can-failover", "intents", "simulate", "lab status",
            "bench topology"})
    void aFormatThatIsNoneIsAWrongCallThatSaysWhatThereIs(String line) {
        assertThat(Evenkeel.commandLine().parseArgs((line + " --output JSON").split(" ", -1)).subcommand()).isNotNull();
        assertThatThrownBy(() -> Evenkeel.commandLine().parseArgs((line + " --output xml").split(" ", -1)))
                .isInstanceOf(CommandLine.ParameterException.class).hasMessageContaining("[TEXT, JSON]");
    }

    @Test
    void everyCommandHasHelp() {
        Evenkeel.commandLine().getSubcommands().values()
                .forEach(command -> assertThat(command.getUsageMessage()).contains("--help"));
    }
}
