package io.evenkeel.probe;

import io.evenkeel.probe.http.Details;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parts of one look, made side by side and over by one deadline. Used by one thread; closing gives up what still runs. */
final class SightParts implements AutoCloseable {

    private final ExecutorService threads;
    private final Duration within;
    private final long end;
    private final List<Future<?>> begun = new ArrayList<>();

    /**
     * What came of a part.
     *
     * @param trouble one line for people; empty when all of it was seen
     */
    record Part<T>(Optional<T> value, String trouble) {

        static <T> Part<T> of(T value) {
            return new Part<>(Optional.of(value), "");
        }

        static <T> Part<T> none(String trouble) {
            return new Part<>(Optional.empty(), trouble);
        }
    }

    /** A part that runs. */
    record Begun<T>(String what, Future<Part<T>> future) {}

    SightParts(ExecutorService threads, Duration within) {
        this.threads = threads;
        this.within = within;
        this.end = System.nanoTime() + within.toNanos();
    }

    <T> Begun<T> begin(String what, Callable<Part<T>> look) {
        var future = threads.submit(look);
        begun.add(future);
        return new Begun<>(what, future);
    }

    /** Waits for it until the deadline. */
    <T> Part<T> end(Begun<T> part) throws InterruptedException {
        try {
            return part.future().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            return Part.none(part.what() + " did not answer within " + within.toMillis() + " ms");
        } catch (ExecutionException _) {
            return Part.none(part.what() + " could not be asked: " + Details.of(part.future().exceptionNow()));
        }
    }

    static String words(Part<?>... parts) {
        return Details.line(Stream.of(parts).map(Part::trouble).filter(trouble -> !trouble.isEmpty())
                .collect(Collectors.joining("; ")));
    }

    @Override
    public void close() {
        begun.forEach(future -> future.cancel(true));
    }
}
