package io.evenkeel.lab.scenario;

import io.evenkeel.lab.LabPager.Page;
import io.evenkeel.lab.LabPlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What people were told by pager and chat since the fault. */
final class People {

    private static final Duration TOLD_WITHIN = Duration.ofSeconds(30);

    private People() {}

    static void awaitPaged(Stage stage) throws InterruptedException {
        stage.await("pager rang, chat said so", () -> !triggered(stage).isEmpty() && !stage.messages().isEmpty(),
                TOLD_WITHIN);
    }

    /** One incident of the primary, from trigger to resolve, and nothing after that; prints what was received. */
    static void awaitOneIncidentResolved(Stage stage) throws InterruptedException {
        stage.await("pager resolved", () -> about(stage).stream().anyMatch(page -> page.action().equals("resolve")),
                TOLD_WITHIN);
        stage.await("chat said that it is over", () -> stage.messages().stream().anyMatch(
                message -> message.startsWith("[resolved]") && message.contains(LabPlan.PRIMARY.value())), TOLD_WITHIN);
        stage.pages().forEach(page -> stage.print("pager: " + page.action() + " " + page.key()
                + (page.summary().isEmpty() ? "" : " " + page.severity() + " " + page.summary())));
        stage.messages().forEach(message -> stage.print("chat:  " + message.lines().findFirst().orElse("")));
        stage.require("the pager was told of one incident", () -> triggered(stage).size() == 1);
        stage.require("it was resolved once, after all else", () -> about(stage).stream()
                .filter(page -> page.action().equals("resolve")).count() == 1
                && about(stage).getLast().action().equals("resolve"));
    }

    /** Incidents of the primary that were new since the fault: what began before may be over only now. */
    private static Set<String> triggered(Stage stage) {
        return stage.pages().stream().filter(page -> page.action().equals("trigger")).map(Page::key)
                .filter(key -> key.startsWith(LabPlan.PRIMARY.value())).collect(Collectors.toUnmodifiableSet());
    }

    private static List<Page> about(Stage stage) {
        var incidents = triggered(stage);
        return stage.pages().stream().filter(page -> incidents.contains(page.key())).toList();
    }
}
