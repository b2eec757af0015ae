package io.evenkeel.lab.scenario;

import io.evenkeel.lab.Lab;
import io.evenkeel.lab.LabPager;
import io.evenkeel.lab.LabPlan;
import io.evenkeel.lab.aws.CallJournal;
import io.evenkeel.lab.aws.PutEvent;
import io.evenkeel.lab.dns.LabResolver;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Where a scenario is played: the lab, and the stages reached so far with their times since the fault. */
public final class Stage {

    private final Lab lab;
    private final Consumer<String> out;
    private final List<Reached> reached = new ArrayList<>();
    private Instant fault = Instant.now();
    private long faultNanos = System.nanoTime();
    private int announced;
    private int announcedEvents;
    private int paged;
    private int chatted;

    /** @param after since the fault, by the lab's clock */
    public record Reached(String name, Duration after, String detail) {}

    public Stage(Lab lab, Consumer<String> out) {
        this.lab = lab;
        this.out = out;
    }

    Lab lab() {
        return lab;
    }

    /** Time starts here. */
    void fault(String name, Runnable fault) {
        this.fault = Instant.now();
        faultNanos = System.nanoTime();
        announced = lab.receiver().subjects().size();
        announcedEvents = lab.aws().events().size();
        paged = lab.receiver().pager().pages().size();
        chatted = lab.receiver().chat().messages().size();
        act(name, fault);
    }

    /** Something else is done; time goes on. */
    void act(String name, Runnable action) {
        action.run();
        reach(name, "");
    }

    void reach(String name, String detail) {
        var after = Duration.ofNanos(System.nanoTime() - faultNanos);
        reached.add(new Reached(name, after, detail));
        out.accept("%9.3f s  %-34s  %s".formatted(after.toMillis() / 1000.0, name, detail).stripTrailing());
    }

    public List<Reached> reached() {
        return List.copyOf(reached);
    }

    /** The next event of this type since the fault that fits. */
    <T> T await(String name, Class<T> type, Predicate<T> fits, Function<T, String> detail,
            Duration limit) throws InterruptedException {
        var seen = lab.events().await(type, fault, fits, limit)
                .orElseThrow(() -> new ScenarioFailure(name + ": did not happen within " + limit.toSeconds() + " s"));
        T event = type.cast(seen.event());
        reach(name, detail.apply(event));
        return event;
    }

    void await(String name, BooleanSupplier condition, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new ScenarioFailure(name + ": did not happen within " + limit.toSeconds() + " s");
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        reach(name, "");
    }

    /** Lets time pass in which something must not happen. */
    void stays(String name, BooleanSupplier condition, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            require(name, condition);
            Thread.sleep(Duration.ofMillis(200));
        }
        reach(name, "for " + time.toSeconds() + " s");
    }

    void require(String name, BooleanSupplier condition) {
        if (!condition.getAsBoolean()) {
            throw new ScenarioFailure(name + ": is not so");
        }
    }

    <T> boolean noneSinceFault(Class<T> type, Predicate<T> fits) {
        return all(type, fits).isEmpty();
    }

    /** All since the fault that fit, in order. */
    <T> List<T> all(Class<T> type, Predicate<T> fits) {
        return lab.events().all(type, fault, fits).stream().map(seen -> type.cast(seen.event())).toList();
    }

    long calls(String action) {
        return callTimes(action).size();
    }

    /** When the calls arrived that were made since the fault and answered, in order. */
    List<Instant> callTimes(String action) {
        return lab.aws().journal().calls(action).stream().map(CallJournal.Call::time)
                .filter(time -> !time.isBefore(fault)).sorted().toList();
    }

    /** Of notifications on SNS since the fault. */
    List<String> subjects() {
        var all = lab.receiver().subjects();
        return all.subList(announced, all.size());
    }

    /** What the pager received since the fault. */
    List<LabPager.Page> pages() {
        var all = lab.receiver().pager().pages();
        return all.subList(paged, all.size());
    }

    /** What the chat received since the fault. */
    List<String> messages() {
        var all = lab.receiver().chat().messages();
        return all.subList(chatted, all.size());
    }

    /** Prints something that belongs to what was reached last. */
    void print(String line) {
        out.accept("             " + line);
    }

    /** On EventBridge since the fault. */
    List<PutEvent> events() {
        var all = lab.aws().events();
        return all.subList(announcedEvents, all.size());
    }

    /** Runs the product's own command line. */
    void command(String... words) {
        int code = lab.command(List.of(words));
        if (code != 0) {
            throw new ScenarioFailure("evenkeel " + String.join(" ", words) + " ended with " + code);
        }
    }

    List<String> resolved() {
        return new LabResolver(lab.dns().address()).resolve(LabPlan.DNS_NAME).stream().map(InetAddress::getHostAddress)
                .sorted().toList();
    }
}
