package io.evenkeel.cli.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.evenkeel.channels.Channel.Receipt;
import io.evenkeel.cli.ConfigOption;
import io.evenkeel.cli.OutputOption;
import io.evenkeel.cli.config.ChannelConfig;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.notification.Notification;
import io.evenkeel.events.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a channel from here: no Kafka, no retry, no failover. */
@Command(name = "send-test", mixinStandardHelpOptions = true, description = "Send one test message over a channel, from this machine and without Kafka, and say what the receiver answered. A dead-man's switch is fed once.", footer = {
        "", "Exit codes: 0 taken, 1 not taken, 2 wrong use.", "", "Examples:",
        "  evenkeel alerts send-test pager --config evenkeel.yaml",
        "  evenkeel alerts send-test chat --output json"})
final class SendTestCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();
    @Mixin
    private OutputOption output = new OutputOption();
    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "CHANNEL", description = "a name below alerts.channels")
    private String channel = "";

    @Override
    public Integer call() throws JsonProcessingException {
        var channels = config.read().alerts().channels();
        var found = channels.get(channel);
        if (found == null) {
            throw new ParameterException(spec.commandLine(), "no channel is called '" + channel + "'; there are: "
                    + (channels.isEmpty() ? "none" : String.join(", ", channels.keySet())));
        }
        try (var adapter = ChannelAdapters.open(found.config())) {
            return tell(adapter.send(test(found.config())));
        }
    }

    private Notification test(ChannelConfig to) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var kind = to.takesHeartbeatsOnly() ? Notification.Kind.HEARTBEAT : Notification.Kind.TEST;
        return new Notification("test@" + now.toEpochMilli(), 1, kind, Alert.Severity.INFO, List.of(channel),
                new TreeMap<>(), "Test of channel " + channel + ": nothing is wrong", List.of(), 0, 0, "", List.of(),
                now, now);
    }

    private int tell(Receipt receipt) throws JsonProcessingException {
        var report = new LinkedHashMap<String, Object>();
        report.put("channel", channel);
        int code = switch (receipt) {
            case Receipt.Taken(var id) -> {
                report.put("outcome", "taken");
                report.put("detail", id.isEmpty() ? "" : "receipt " + id);
                yield 0;
            }
            case Receipt.Later(var detail, var wait) -> {
                report.put("outcome", "not now");
                report.put("detail", detail + wait.map(time -> ", asks to wait " + time.toSeconds() + " s").orElse(""));
                yield 1;
            }
            case Receipt.Refused(var detail) -> {
                report.put("outcome", "refused");
                report.put("detail", detail);
                yield 1;
            }
        };
        var out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Json.pretty(report));
        } else {
            String detail = String.valueOf(report.get("detail"));
            out.println(channel + ": " + report.get("outcome") + (detail.isEmpty() ? "" : ", " + detail));
        }
        return code;
    }
}
