package io.evenkeel.cli.alerts;

import io.evenkeel.cli.Table;
import io.evenkeel.core.alert.Alert;
import io.evenkeel.core.notification.Route;
import io.evenkeel.core.time.Durations;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where an alert would go, for people. */
final class RouteReport {

    private static final String NOBODY = "nobody";

    private final PrintWriter out;

    RouteReport(PrintWriter out) {
        this.out = out;
    }

    void print(RouteTest test) {
        out.println("an alert with " + pairs(test.labels()) + " at " + test.alert().at() + ":");
        out.println();
        var routes = new Table("ROUTE", "CHANNELS", "GROUP", "FIRST", "AGAIN", "ESCALATION");
        test.routes().forEach(route -> routes.row(route.path(), names(route), group(test, route), first(test, route),
                again(test, route), escalation(route)));
        routes.print(out);
        printChannels(test);
        test.inhibitions().forEach(each -> out.println("kept back while " + String.join(" or ",
                new TreeSet<>(each.sources())) + " fires with the same " + String.join(", ", each.equal())));
        if (!test.isAnybodyTold()) {
            out.println("nobody would be told");
        }
        out.flush();
    }

    private void printChannels(RouteTest test) {
        var channels = new Table("CHANNEL", "TYPE", "FAILOVER");
        test.channels().forEach(name -> {
            var channel = test.channel(name);
            channels.row(name, channel.config().type(), channel.terms().failover()
                    .map(next -> next + " after " + Durations.text(channel.terms().failoverAfter())).orElse("-"));
        });
        out.println();
        if (!channels.isEmpty()) {
            channels.print(out);
            out.println();
        }
    }

    private static String names(Route route) {
        return route.channels().isEmpty() ? NOBODY : String.join(", ", route.channels());
    }

    private static String group(RouteTest test, Route route) {
        var group = route.group(test.alert());
        return group.isEmpty() ? "alone" : pairs(group);
    }

    private static String first(RouteTest test, Route route) {
        return test.alert().severity() == Alert.Severity.PAGE
                ? "at once"
                : "after " + Durations.text(route.pace().groupWait());
    }

    private static String again(RouteTest test, Route route) {
        return "every " + Durations.text(test.alert().severity() == Alert.Severity.PAGE
                ? route.pace().remind()
                : route.pace().repeat());
    }

    private static String escalation(Route route) {
        return route.escalation().isEmpty()
                ? "-"
                : route.escalation().stream()
                        .map(step -> "after " + Durations.text(step.after()) + ": "
                                + String.join(", ", step.channels()))
                        .collect(Collectors.joining("; "));
    }

    private static String pairs(Map<String, String> labels) {
        return labels.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }
}
